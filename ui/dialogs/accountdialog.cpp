// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "dialogs/accountdialog.h"

#include "accounts/accountmanager.h"
#include "accountwords.h"
#include "core/whendone.h"
#include "desktop.h"
#include "errortexts.h"
#include "symbols.h"
#include "widgets/mutedlabel.h"
#include "widgets/primarybutton.h"
#include "widgets/statusline.h"

#include <QtCore/QUrl>
#include <QtGui/QAction>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace ChatApp {

namespace {

//! A host, or a whole URL.
bool looksLikeEndpoint(const QString& text)
{
    const QString url =
        text.contains(QLatin1String("://")) ? text : QStringLiteral("https://") + text;
    const QUrl parsed(url, QUrl::StrictMode);
    return parsed.isValid() && !parsed.host().isEmpty() && parsed.userInfo().isEmpty()
        && !text.contains(QLatin1Char(' '));
}

} // namespace

AccountDialog::AccountDialog(const UiServices& services, QWidget* parent)
    : QDialog(parent)
    , m_services(services)
    , m_name(new QLineEdit)
    , m_keyId(new QLineEdit)
    , m_secret(new QLineEdit)
    , m_endpoint(new QLineEdit(defaultCamsEndpoint))
    , m_region(new QLineEdit)
    , m_space(new QLineEdit)
    , m_form(new QFormLayout)
    , m_status(new StatusLine)
    , m_test(new QPushButton(tr("&Test")))
    , m_save(new PrimaryButton(tr("&Save")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Add an account"));
    buildFields();
    buildLayout();
    for (QLineEdit* field : {m_name, m_keyId, m_secret, m_endpoint, m_region, m_space})
        connect(field, &QLineEdit::textEdited, this, &AccountDialog::check);
    connect(m_test, &QPushButton::clicked, this, &AccountDialog::testAccount);
    connect(m_save, &QPushButton::clicked, this, &AccountDialog::save);
    check();
}

void AccountDialog::buildFields()
{
    m_name->setMinimumWidth(fontMetrics().height() * 22);
    m_name->setPlaceholderText(tr("as you want to call it"));
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData
                                  | Qt::ImhNoPredictiveText);
    m_keyId->setInputMethodHints(Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_region->setPlaceholderText(tr("found out by itself"));
    m_space->setPlaceholderText(tr("optional: cams-… or a number"));
    addReveal();
    m_form->addRow(tr("&Name:"), m_name);
    m_form->addRow(tr("AccessKey &ID:"), m_keyId);
    m_form->addRow(tr("AccessKey se&cret:"), m_secret);
    m_form->addRow(tr("&Endpoint:"), m_endpoint);
    m_form->addRow(tr("OSS &region:"), m_region);
    m_form->addRow(tr("First s&pace ID:"), m_space);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
}

void AccountDialog::addReveal()
{
    QAction* reveal =
        m_secret->addAction(symbolIcon(QStringLiteral("reveal")), QLineEdit::TrailingPosition);
    reveal->setCheckable(true);
    reveal->setText(tr("Show the secret"));
    reveal->setToolTip(tr("Show the secret (Ctrl+E)"));
    reveal->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    connect(reveal, &QAction::toggled, this, [this, reveal](bool shown) {
        m_secret->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        reveal->setIcon(symbolIcon(shown ? QStringLiteral("conceal") : QStringLiteral("reveal")));
        reveal->setText(shown ? tr("Hide the secret") : tr("Show the secret"));
    });
}

void AccountDialog::buildLayout()
{
    const int unit = fontMetrics().height();
    auto* hint =
        new MutedLabel(tr("Use the AccessKey of a RAM user that may do nothing but upload. The "
                          "secret goes to your system's keychain and nowhere else."));
    auto* policy = new QPushButton(tr("Copy the smallest RAM &policy"));
    connect(policy, &QPushButton::clicked, this, [this] {
        m_services.desktop.copyText(smallestRamPolicy());
        m_status->showStatus(QStringLiteral("copy"), tr("The policy is on the clipboard."),
                             Tone::Neutral);
    });
    auto* cancel = new QPushButton(tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_test->setToolTip(tr("Calls the service with what is entered here; stores nothing"));
    m_save->setDefault(true);
    m_test->setAutoDefault(false);
    policy->setAutoDefault(false);

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_test);
    buttons->addWidget(policy);
    buttons->addStretch();
    buttons->addSpacing(unit * 2);
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(unit * 5 / 4, unit, unit * 5 / 4, unit);
    layout->setSpacing(unit * 2 / 3);
    layout->addWidget(hint);
    layout->addLayout(m_form);
    layout->addWidget(m_status);
    layout->addStretch();
    layout->addLayout(buttons);
}

void AccountDialog::edit(const Account& account)
{
    m_isNew = false;
    m_original = account;
    setWindowTitle(tr("Edit the account %1").arg(account.name));
    m_name->setText(account.name);
    m_keyId->setText(account.accessKeyId);
    m_endpoint->setText(account.endpoint);
    m_region->setText(account.region);
    m_secret->setPlaceholderText(tr("unchanged"));
    m_form->removeRow(m_space);
    m_space = nullptr;
    check();
}

void AccountDialog::focusSecret()
{
    m_secret->setFocus();
}

SecretString AccountDialog::typedSecret() const
{
    return SecretString(m_secret->text().trimmed().toUtf8());
}

bool AccountDialog::isComplete() const
{
    return !m_name->text().trimmed().isEmpty() && !m_keyId->text().trimmed().isEmpty()
        && (!m_isNew || !m_secret->text().trimmed().isEmpty());
}

QString AccountDialog::complaint() const
{
    const std::optional<Account> namesake =
        m_services.accounts.accountByName(m_name->text().trimmed());
    if (namesake && namesake->id != m_original.id)
        return tr("Another account is called that already.");
    const QString endpoint = m_endpoint->text().trimmed();
    if (!endpoint.isEmpty() && !looksLikeEndpoint(endpoint))
        return tr("The endpoint is neither a host name nor a URL.");
    return {};
}

void AccountDialog::check()
{
    const QString wrong = complaint();
    if (wrong.isEmpty())
        m_status->clear();
    else
        m_status->showStatus(QStringLiteral("state-warning"), wrong, Tone::Danger);
    m_save->setEnabled(isComplete() && wrong.isEmpty());
    m_test->setEnabled(isComplete() && wrong.isEmpty());
}

void AccountDialog::setBusy(bool busy)
{
    m_save->setEnabled(!busy && isComplete());
    m_test->setEnabled(!busy && isComplete());
}

void AccountDialog::testAccount()
{
    setBusy(true);
    m_status->showStatus(QStringLiteral("test"), tr("Asking the service…"), Tone::Neutral);
    if (m_isNew || !m_secret->text().isEmpty()) {
        testWith({m_keyId->text().trimmed(), typedSecret(), {}});
        return;
    }
    whenDone(
        m_services.accounts.credentials(m_original.id), this,
        [this](const Result<Credentials>& found) {
            if (!found) {
                showTest(found.error());
                return;
            }
            testWith({m_keyId->text().trimmed(), found->accessKeySecret, found->securityToken});
        });
}

void AccountDialog::testWith(const Credentials& credentials)
{
    const QString endpoint = m_endpoint->text().trimmed();
    SpaceId space;
    if (m_space != nullptr)
        space.value = m_space->text().trimmed();
    else if (const QList<Space> known = m_services.accounts.spaces(m_original.id); !known.isEmpty())
        space = known.first().id;
    whenDone(m_services.testAccount(credentials,
                                    endpoint.isEmpty() ? defaultCamsEndpoint : endpoint, space),
             this, [this](const Result<AccountTestReport>& report) { showTest(report); });
}

void AccountDialog::showTest(const Result<AccountTestReport>& report)
{
    setBusy(false);
    const AccountWords words = testWords(report);
    m_status->showStatus(words.symbol, words.text, words.tone);
}

void AccountDialog::save()
{
    Account account = m_original;
    account.name = m_name->text().trimmed();
    account.accessKeyId = m_keyId->text().trimmed();
    const QString endpoint = m_endpoint->text().trimmed();
    account.endpoint = endpoint.isEmpty() ? defaultCamsEndpoint : endpoint;
    account.region = m_region->text().trimmed();
    setBusy(true);
    m_status->showStatus(QStringLiteral("lock"), tr("Storing…"), Tone::Neutral);
    const bool keepsSecret = !m_isNew && m_secret->text().isEmpty();
    const SecretString secret = keepsSecret ? SecretString() : typedSecret();
    auto stored = m_isNew ? m_services.accounts.addAccount(account, secret)
                          : m_services.accounts.updateAccount(account, secret);
    whenDone(stored, this, [this](const Result<Account>& result) { finishSave(result); });
}

void AccountDialog::finishSave(const Result<Account>& stored)
{
    setBusy(false);
    if (!stored) {
        const AccountWords words = testWords(stored.error());
        m_status->showStatus(words.symbol, words.text, words.tone);
        return;
    }
    // A second Save after a space that could not be stored must not add the account again.
    m_isNew = false;
    m_original = *stored;
    m_secret->clear();
    const QString spaceId = m_space != nullptr ? m_space->text().trimmed() : QString();
    if (spaceId.isEmpty()) {
        Q_EMIT saved(stored->id);
        close();
        return;
    }
    whenDone(m_services.accounts.saveSpace({stored->id, SpaceId{spaceId}, {}, {}}), this,
             [this, id = stored->id](const Result<void>& done) {
                 Q_EMIT saved(id);
                 if (done) {
                     close();
                     return;
                 }
                 const AccountWords words = testWords(done.error());
                 m_status->showStatus(words.symbol, words.text, words.tone);
             });
}

} // namespace ChatApp
