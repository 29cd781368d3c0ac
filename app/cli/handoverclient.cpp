// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cli/handoverclient.h"

#include "core/whendone.h"
#include "platform/localrequests.h"

namespace ChatApp {

HandoverClient::HandoverClient(QString stateFolder, const HandoverRequest& request, QObject* parent)
    : QObject(parent)
    , m_stateFolder(std::move(stateFolder))
    , m_lines(handoverLines(request))
{
}

void HandoverClient::next()
{
    if (m_lines.isEmpty()) {
        Q_EMIT finished();
        return;
    }
    whenDone(sendLocalRequest(m_stateFolder, m_lines.constFirst().line, this), this,
             [this](const Result<QByteArray>& answer) { answered(answer); });
}

void HandoverClient::answered(const Result<QByteArray>& answer)
{
    if (!answer && answer.error().kind == ErrorKind::ConnectionRefused) {
        Q_EMIT unreachable();
        return;
    }
    if (!answer) {
        Q_EMIT failed(Error{
            .kind = ErrorKind::ProfileInUse,
            .message = QStringLiteral("it ended before it answered: chatapp-upload list shows "
                                      "what it has stored")});
        return;
    }
    const Result<HandoverAnswer> parsed = parseHandoverAnswer(*answer);
    if (!parsed) {
        // It is about to end: whoever comes next may take them.
        if (parsed.error().kind == ErrorKind::Cancelled)
            Q_EMIT unreachable();
        else
            Q_EMIT failed(parsed.error());
        return;
    }
    Q_EMIT taken(m_lines.takeFirst().files, *parsed);
    next();
}

} // namespace ChatApp
