// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "engine/handoverservice.h"

#include "accounts/accountmanager.h"
#include "core/logging.h"
#include "core/whendone.h"
#include "engine/accounttarget.h"
#include "net/endpoint.h"

#include <QtCore/QTimer>

#include <algorithm>
#include <utility>

namespace ChatApp {

namespace {

constexpr std::chrono::seconds longestWaitForIdle{1};

bool names(const HandoverRequest& request, const QString& path)
{
    return std::any_of(request.files.begin(), request.files.end(),
                       [&path](const HandoverFile& file) { return file.path == path; });
}

} // namespace

HandoverService::HandoverService(UploadManager& uploads, AccountManager& accounts,
                                 QString environmentKeyId, QObject* parent)
    : QObject(parent)
    , m_uploads(uploads)
    , m_accounts(accounts)
    , m_environmentKeyId(std::move(environmentKeyId))
{
    connect(&m_accounts, &AccountManager::loaded, this, [this] { m_accountsLoaded = true; });
    // They come before the future of the staging ends.
    connect(&m_uploads, &UploadManager::stageFailed, this,
            [this](const QList<StageFailure>& failures) {
                for (const StageFailure& failure : failures) {
                    for (const std::shared_ptr<Intake>& intake : std::as_const(m_open)) {
                        if (names(intake->request, failure.path))
                            intake->failures.append(failure);
                    }
                }
            });
}

void HandoverService::handle(const QByteArray& line, const RequestListener::Respond& respond)
{
    Result<HandoverRequest> request = parseHandover(line);
    if (!request) {
        qCWarning(lcUpload) << "hand-over refused:" << describeError(request.error());
        respond(handoverAnswerLine(request.error()));
        return;
    }
    const auto intake =
        std::make_shared<Intake>(Intake{.request = std::move(request).value(), .respond = respond});
    m_open.append(intake);
    if (m_accountsLoaded)
        admit(intake);
    else
        connect(&m_accounts, &AccountManager::loaded, this, [this, intake] { admit(intake); });
}

void HandoverService::admit(const std::shared_ptr<Intake>& intake)
{
    UploadTarget target = intake->request.target;
    if (const Result<void> complete = this->complete(target); !complete) {
        staged(intake, complete.error());
        return;
    }
    QList<StageRequest> requests;
    for (const HandoverFile& file : std::as_const(intake->request.files)) {
        requests.append(
            {.path = file.path, .target = target, .replace = file.replace, .start = true});
    }
    whenDone(m_uploads.stage(requests), this,
             [this, intake](const Result<QList<UploadId>>& ids) { staged(intake, ids); });
}

Result<void> HandoverService::complete(UploadTarget& target) const
{
    if (!target.endpoint.isEmpty()) {
        if (const Result<Endpoint> endpoint = parseEndpoint(target.endpoint); !endpoint)
            return endpoint.error();
    }
    if (!target.accountName.isEmpty()) {
        const std::optional<Account> account = m_accounts.accountByName(target.accountName);
        if (!account)
            return Error{.kind = ErrorKind::AccountUnknown, .message = target.accountName};
        completeTarget(target, *account, m_accounts.spaces(account->id));
        return {};
    }
    if (target.accessKeyId != m_environmentKeyId) {
        return Error{.kind = ErrorKind::Usage,
                     .message = QStringLiteral(
                         "the program that holds the profile does not have the credentials of this "
                         "environment: name a saved account with --account, or wait for its end")};
    }
    if (target.endpoint.isEmpty())
        target.endpoint = defaultCamsEndpoint;
    return {};
}

void HandoverService::staged(const std::shared_ptr<Intake>& intake,
                             const Result<QList<UploadId>>& ids)
{
    m_open.removeOne(intake);
    if (ids) {
        qCInfo(lcUpload) << "taken over:" << ids->size()
                         << "files, refused:" << intake->failures.size();
        intake->respond(handoverAnswerLine(HandoverAnswer{*ids, intake->failures}));
    } else {
        intake->respond(handoverAnswerLine(ids.error()));
    }
    if (m_open.isEmpty())
        tellIdle();
}

void HandoverService::tellIdle()
{
    for (const std::function<void()>& then : std::exchange(m_whenIdle, {}))
        then();
}

void HandoverService::whenIdle(const std::function<void()>& then)
{
    if (m_open.isEmpty()) {
        then();
        return;
    }
    m_whenIdle.append(then);
    QTimer::singleShot(longestWaitForIdle, this, &HandoverService::tellIdle);
}

} // namespace ChatApp
