// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "pages/accountspage.h"

#include "accounts/accountmanager.h"
#include "accountwords.h"
#include "core/whendone.h"
#include "dialogs/accountdialog.h"
#include "dialogs/spacedialog.h"
#include "errortexts.h"
#include "formats.h"
#include "models/accountsmodel.h"
#include "widgets/accountdelegate.h"
#include "widgets/calmheader.h"
#include "widgets/celldelegate.h"
#include "widgets/noticebar.h"
#include "widgets/primarybutton.h"
#include "widgets/statusline.h"
#include "widgets/statuspane.h"
#include "widgets/symbolbutton.h"

#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QVBoxLayout>

namespace ChatApp {

namespace {

enum SpaceColumn { SpaceName, SpaceIdentifier, SpaceLastUsed, SpaceColumns };

QLabel* selectableLabel()
{
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

AccountsPage::AccountsPage(const UiServices& services, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_model(new AccountsModel(this))
    , m_notice(new NoticeBar)
    , m_stack(new QStackedWidget)
    , m_empty(new StatusPane)
    , m_list(new QListView)
    , m_add(new SymbolButton(QStringLiteral("add"), tr("&Add account…")))
    , m_name(new QLabel)
    , m_keyId(selectableLabel())
    , m_endpoint(selectableLabel())
    , m_secret(new StatusLine)
    , m_repair(new QPushButton)
    , m_tested(new StatusLine)
    , m_test(new SymbolButton(QStringLiteral("test"), tr("&Test")))
    , m_edit(new SymbolButton(QStringLiteral("edit"), tr("&Edit…")))
    , m_delete(new SymbolButton(QStringLiteral("remove"), tr("&Delete…")))
    , m_spaces(new QTableWidget(0, SpaceColumns))
    , m_addSpace(new QPushButton(tr("Add &space…")))
    , m_editSpace(new QPushButton(tr("Ed&it…")))
    , m_removeSpace(new QPushButton(tr("&Remove")))
{
    buildEmpty();
    buildLayout();
    connectButtons();
    connect(&services.accounts, &AccountManager::loaded, this, &AccountsPage::refreshAccounts);
    connect(&services.accounts, &AccountManager::accountsChanged, this,
            &AccountsPage::refreshAccounts);
    connect(&services.accounts, &AccountManager::spacesChanged, this, &AccountsPage::refreshSpaces);
    refreshAccounts();
}

void AccountsPage::buildEmpty()
{
    m_empty->setSymbol(QStringLiteral("key"));
    m_empty->setTexts(tr("No account yet"),
                      tr("An account is the AccessKey of a RAM user of your Alibaba Cloud account. "
                         "Its secret stays in your system's keychain."));
    auto* add = new PrimaryButton(tr("&Add your account"));
    connect(add, &QPushButton::clicked, this, &AccountsPage::addAccount);
    m_empty->addButton(add);
    auto* practice = new QPushButton(tr("&Try it here, without an account"));
    connect(practice, &QPushButton::clicked, this, &AccountsPage::practiceRequested);
    m_empty->addButton(practice);
}

void AccountsPage::buildLayout()
{
    const int unit = fontMetrics().height();
    m_list->setModel(m_model);
    m_list->setItemDelegate(new AccountDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Accounts"));

    auto* left = new QWidget;
    left->setBackgroundRole(QPalette::Base);
    left->setAutoFillBackground(true);
    left->setFixedWidth(unit * 17);
    auto* leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->addWidget(m_list, 1);
    auto* addRow = new QHBoxLayout;
    addRow->setContentsMargins(unit, unit / 2, unit, unit * 2 / 3);
    addRow->addWidget(m_add);
    leftLayout->addLayout(addRow);

    auto* right = new QVBoxLayout;
    right->setContentsMargins(unit * 3 / 2, unit * 5 / 4, unit * 3 / 2, unit);
    right->setSpacing(unit / 2);
    right->addWidget(buildDetails());
    right->addSpacing(unit);
    right->addWidget(buildSpaces(), 1);

    auto* both = new QWidget;
    auto* bothLayout = new QHBoxLayout(both);
    bothLayout->setContentsMargins(0, 0, 0, 0);
    bothLayout->setSpacing(0);
    bothLayout->addWidget(left);
    bothLayout->addLayout(right, 1);
    m_stack->addWidget(both);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_stack, 1);
}

QWidget* AccountsPage::buildDetails()
{
    const int unit = fontMetrics().height();
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setWeight(QFont::DemiBold);
    m_name->setFont(large);
    m_name->setTextFormat(Qt::PlainText);

    auto* secretRow = new QHBoxLayout;
    secretRow->addWidget(m_secret, 1);
    secretRow->addWidget(m_repair);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(unit);
    form->setVerticalSpacing(unit / 2);
    form->addRow(tr("AccessKey ID:"), m_keyId);
    form->addRow(tr("Secret:"), secretRow);
    form->addRow(tr("Endpoint:"), m_endpoint);

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_test);
    buttons->addWidget(m_edit);
    buttons->addStretch();
    buttons->addWidget(m_delete);
    m_test->setToolTip(tr("Calls the service with this account"));

    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(unit * 2 / 3);
    layout->addWidget(m_name);
    layout->addLayout(form);
    layout->addLayout(buttons);
    layout->addWidget(m_tested);
    return box;
}

QWidget* AccountsPage::buildSpaces()
{
    const int unit = fontMetrics().height();
    auto* title = new QLabel(tr("Spaces"));
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    m_spaces->setHorizontalHeaderLabels({tr("Name"), tr("Space ID"), tr("Last used")});
    m_spaces->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_spaces->setSelectionMode(QAbstractItemView::SingleSelection);
    m_spaces->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_spaces->setShowGrid(false);
    m_spaces->setTabKeyNavigation(false);
    m_spaces->setAccessibleName(tr("Spaces of this account"));
    m_spaces->verticalHeader()->hide();
    m_spaces->verticalHeader()->setDefaultSectionSize(unit * 2);
    m_spaces->setHorizontalHeader(new CalmHeader(m_spaces));
    m_spaces->setItemDelegate(new CellDelegate(m_spaces));
    m_spaces->setColumnWidth(SpaceName, unit * 13);
    m_spaces->setColumnWidth(SpaceIdentifier, unit * 13);

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_addSpace);
    buttons->addWidget(m_editSpace);
    buttons->addWidget(m_removeSpace);
    buttons->addStretch();
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(unit / 2);
    layout->addWidget(title);
    layout->addWidget(m_spaces, 1);
    layout->addLayout(buttons);
    return box;
}

void AccountsPage::connectButtons()
{
    connect(m_add, &QPushButton::clicked, this, &AccountsPage::addAccount);
    connect(m_edit, &QPushButton::clicked, this, [this] { editAccount(false); });
    connect(m_delete, &QPushButton::clicked, this, &AccountsPage::deleteAccount);
    connect(m_test, &QPushButton::clicked, this, &AccountsPage::testAccount);
    connect(m_repair, &QPushButton::clicked, this, &AccountsPage::repairSecret);
    connect(m_list, &QListView::activated, this, [this] { editAccount(false); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &AccountsPage::refreshDetails);
    connect(m_addSpace, &QPushButton::clicked, this, [this] { openSpaceDialog({}); });
    connect(m_editSpace, &QPushButton::clicked, this, [this] { openSpaceDialog(currentSpace()); });
    connect(m_spaces, &QTableWidget::activated, this, [this] { openSpaceDialog(currentSpace()); });
    connect(m_removeSpace, &QPushButton::clicked, this, &AccountsPage::removeSpace);
    connect(m_spaces, &QTableWidget::itemSelectionChanged, this,
            &AccountsPage::refreshSpaceButtons);
}

std::optional<Account> AccountsPage::current() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? std::optional(m_model->at(index.row())) : std::nullopt;
}

std::optional<Space> AccountsPage::currentSpace() const
{
    const std::optional<Account> account = current();
    const QTableWidgetItem* item = m_spaces->item(m_spaces->currentRow(), SpaceIdentifier);
    if (!account || item == nullptr)
        return {};
    for (const Space& space : m_services.accounts.spaces(account->id)) {
        if (space.id.value == item->text())
            return space;
    }
    return {};
}

void AccountsPage::refreshAccounts()
{
    const AccountId before = m_shown;
    m_model->setAccounts(m_services.accounts.accounts());
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model->index(std::max(0, m_model->rowOf(before))));
    refreshDetails();
}

void AccountsPage::select(const AccountId& id)
{
    if (const int row = m_model->rowOf(id); row >= 0)
        m_list->setCurrentIndex(m_model->index(row));
}

void AccountsPage::refreshDetails()
{
    const std::optional<Account> account = current();
    if (!account)
        return;
    if (account->id != m_shown)
        m_tested->clear();
    m_shown = account->id;
    m_name->setText(account->name);
    m_keyId->setText(shortenedKeyId(account->accessKeyId));
    m_endpoint->setText(account->endpoint);
    const AccountWords words = secretWords(*account);
    m_secret->showStatus(words.symbol, words.text, words.tone);
    m_repair->setText(words.action);
    m_repair->setVisible(!words.action.isEmpty());
    refreshSpaces();
}

void AccountsPage::refreshSpaces()
{
    const std::optional<Space> before = currentSpace();
    const QList<Space> spaces = m_services.accounts.spaces(m_shown);
    m_spaces->setRowCount(static_cast<int>(spaces.size()));
    for (int row = 0; row < spaces.size(); ++row) {
        const Space& space = spaces.at(row);
        m_spaces->setItem(row, SpaceName, new QTableWidgetItem(space.name));
        m_spaces->setItem(row, SpaceIdentifier, new QTableWidgetItem(space.id.value));
        m_spaces->setItem(
            row, SpaceLastUsed,
            new QTableWidgetItem(space.lastUsedAt.isValid()
                                     ? formatWhen(space.lastUsedAt, QDateTime::currentDateTimeUtc())
                                     : tr("never")));
        if (before && before->id == space.id)
            m_spaces->selectRow(row);
    }
    refreshSpaceButtons();
}

void AccountsPage::refreshSpaceButtons()
{
    const bool any = m_spaces->selectionModel()->hasSelection();
    m_editSpace->setEnabled(any);
    m_removeSpace->setEnabled(any);
}

void AccountsPage::addAccount()
{
    auto* dialog = new AccountDialog(m_services, this);
    connect(dialog, &AccountDialog::saved, this, &AccountsPage::select);
    dialog->show();
}

void AccountsPage::editAccount(bool focusSecret)
{
    const std::optional<Account> account = current();
    if (!account)
        return;
    auto* dialog = new AccountDialog(m_services, this);
    dialog->edit(*account);
    if (focusSecret)
        dialog->focusSecret();
    dialog->show();
}

void AccountsPage::deleteAccount()
{
    const std::optional<Account> account = current();
    if (!account)
        return;
    auto* question = new QMessageBox(QMessageBox::Question, tr("Delete the account?"),
                                     tr("Delete the account %1?").arg(account->name),
                                     QMessageBox::NoButton, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(
        tr("Its AccessKey secret is deleted from the keychain, and its spaces from this program. "
           "The history with its links stays, and so does everything that was uploaded."));
    QPushButton* remove = question->addButton(tr("&Delete"), QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(tr("&Keep"), QMessageBox::RejectRole));
    connect(remove, &QPushButton::clicked, this, [this, id = account->id] { removeNow(id); });
    question->open();
}

void AccountsPage::removeNow(const AccountId& id)
{
    whenDone(m_services.accounts.removeAccount(id), this, [this](const Result<void>& done) {
        if (!done) {
            const ErrorWords words = errorWords(done.error());
            m_notice->showNotice(Tone::Danger, words.title + QStringLiteral(". ") + words.nextStep);
        }
    });
}

void AccountsPage::testAccount()
{
    const std::optional<Account> account = current();
    if (!account)
        return;
    m_test->setEnabled(false);
    m_tested->showStatus(QStringLiteral("test"), tr("Asking the service…"), Tone::Neutral);
    const auto show = [this, id = account->id](const Result<AccountTestReport>& report) {
        m_test->setEnabled(true);
        if (m_shown != id)
            return;
        const AccountWords words = testWords(report);
        m_tested->showStatus(words.symbol, words.text, words.tone);
    };
    const QList<Space> spaces = m_services.accounts.spaces(account->id);
    const SpaceId space = spaces.isEmpty() ? SpaceId{} : spaces.first().id;
    whenDone(
        m_services.accounts.credentials(account->id), this,
        [this, show, space, endpoint = account->endpoint](const Result<Credentials>& credentials) {
            if (!credentials) {
                show(credentials.error());
                return;
            }
            whenDone(m_services.testAccount(*credentials, endpoint, space), this, show);
        });
}

void AccountsPage::repairSecret()
{
    const std::optional<Account> account = current();
    if (!account)
        return;
    if (account->secretState == SecretState::Missing
        || account->secretState == SecretState::NoStore) {
        editAccount(true);
        return;
    }
    m_repair->setEnabled(false);
    AccountManager& accounts = m_services.accounts;
    if (account->secretState == SecretState::Locked) {
        whenDone(accounts.unlockSecretStore(), this, [this](const Result<void>& done) {
            showRepaired(done ? std::nullopt : std::optional(done.error()));
        });
    } else {
        whenDone(accounts.credentials(account->id), this, [this](const Result<Credentials>& found) {
            showRepaired(found ? std::nullopt : std::optional(found.error()));
        });
    }
}

void AccountsPage::showRepaired(const std::optional<Error>& error)
{
    m_repair->setEnabled(true);
    if (error)
        m_notice->showNotice(Tone::Warning, errorWords(*error).nextStep);
    else
        m_notice->hide();
}

void AccountsPage::openSpaceDialog(const std::optional<Space>& space)
{
    auto* dialog = new SpaceDialog(m_services.accounts, m_shown, this);
    if (space)
        dialog->edit(*space);
    dialog->show();
}

void AccountsPage::removeSpace()
{
    const std::optional<Space> space = currentSpace();
    if (!space)
        return;
    whenDone(m_services.accounts.removeSpace(space->account, space->id), this,
             [this](const Result<void>& done) {
                 if (!done)
                     m_notice->showNotice(Tone::Danger, errorWords(done.error()).nextStep);
             });
}

} // namespace ChatApp
