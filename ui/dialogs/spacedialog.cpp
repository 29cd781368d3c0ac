// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "dialogs/spacedialog.h"

#include "accounts/accountmanager.h"
#include "core/whendone.h"
#include "errortexts.h"
#include "widgets/mutedlabel.h"
#include "widgets/primarybutton.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace ChatApp {

SpaceDialog::SpaceDialog(AccountManager& accounts, const AccountId& account, QWidget* parent)
    : QDialog(parent)
    , m_accounts(accounts)
    , m_account(new QComboBox)
    , m_id(new QLineEdit)
    , m_name(new QLineEdit)
    , m_problem(new QLabel)
    , m_save(new PrimaryButton(tr("&Save")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Add a space"));
    for (const Account& entry : accounts.accounts())
        m_account->addItem(entry.name, entry.id.value);
    if (const int row = m_account->findData(account.value); row >= 0)
        m_account->setCurrentIndex(row);
    buildLayout();
    connect(m_id, &QLineEdit::textChanged, this, &SpaceDialog::check);
    connect(m_save, &QPushButton::clicked, this, &SpaceDialog::save);
    check();
}

void SpaceDialog::buildLayout()
{
    const int unit = fontMetrics().height();
    m_id->setMinimumWidth(unit * 20);
    m_id->setPlaceholderText(tr("cams-… or a number"));
    m_name->setPlaceholderText(tr("optional, for you"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto* hint = new MutedLabel(
        tr("The ChatApp console shows the ID as “space ID” or “instance ID” of the channel."));

    auto* form = new QFormLayout;
    form->addRow(tr("&Account:"), m_account);
    form->addRow(tr("Space &ID:"), m_id);
    form->addRow(tr("&Name:"), m_name);
    auto* cancel = new QPushButton(tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_save->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(unit, unit, unit, unit);
    layout->setSpacing(unit * 2 / 3);
    layout->addLayout(form);
    layout->addWidget(hint);
    layout->addWidget(m_problem);
    layout->addStretch();
    layout->addLayout(buttons);
}

void SpaceDialog::edit(const Space& space)
{
    setWindowTitle(tr("Edit the space"));
    m_lastUsedAt = space.lastUsedAt;
    m_account->setEnabled(false);
    m_id->setText(space.id.value);
    m_id->setReadOnly(true);
    m_name->setText(space.name);
    m_name->setFocus();
}

void SpaceDialog::setSpaceId(const QString& id)
{
    m_id->setText(id);
    (id.isEmpty() ? m_id : m_name)->setFocus();
}

void SpaceDialog::check()
{
    m_save->setEnabled(!m_id->text().trimmed().isEmpty() && m_account->count() > 0);
    m_problem->hide();
}

void SpaceDialog::save()
{
    Space space;
    space.account = AccountId{m_account->currentData().toString()};
    space.id = SpaceId{m_id->text().trimmed()};
    space.name = m_name->text().trimmed();
    space.lastUsedAt = m_lastUsedAt;
    m_save->setEnabled(false);
    whenDone(m_accounts.saveSpace(space), this, [this, space](const Result<void>& done) {
        if (done) {
            Q_EMIT saved(space.account, space.id);
            close();
            return;
        }
        check();
        const ErrorWords words = errorWords(done.error());
        m_problem->setText(words.title + QStringLiteral(". ") + words.nextStep);
        m_problem->show();
    });
}

} // namespace ChatApp
