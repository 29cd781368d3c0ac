// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/logredaction.h"

#include <QtCore/QRegularExpression>

#include <array>

namespace ChatApp {

namespace {

QRegularExpression ignoringCase(const char* pattern)
{
    return QRegularExpression(QString::fromLatin1(pattern),
                              QRegularExpression::CaseInsensitiveOption);
}

} // namespace

QString redactedLogMessage(const QString& message)
{
    // Each keeps what its first group matched and hides the rest.
    static const std::array patterns{
        // The header has spaces in its value: all up to the end of the line goes.
        ignoringCase(R"((\bauthorization["']?\s*[:=]\s*).+)"),
        ignoringCase(R"((\b(?:ACS3-HMAC-SHA256|OSS4-HMAC-SHA256)\s+\S*Credential=).+)"),
        ignoringCase(R"((\bOSS\s+)[^\s:]+:[A-Za-z0-9+/=]{20,})"),
        ignoringCase(R"((\b(?:bearer|basic)\s+)[A-Za-z0-9+/=._-]{8,})"),
        // Name and password of a proxy.
        ignoringCase(R"((://)[^/\s:@]+:[^/\s@]+(?=@))"),
        // Fields: name=value in a query, "name":"value" in JSON, name: value in a header.
        ignoringCase(
            R"(([\w-]*(?:signature|security-?_?token|secret|access-?_?token|password)["']?\s*(?:=|:|%3D)\s*["']?)[^\s"'&,;<>]+)"),
        ignoringCase(R"((<\w*(?:signature\w*|token|secret|stringtosign)>)[^<]+)"),
        // Security tokens as the service makes them, wherever they stand.
        QRegularExpression(QStringLiteral(R"(()\bCAIS[A-Za-z0-9+/=%]{20,})")),
    };
    QString redacted = message;
    for (const QRegularExpression& pattern : patterns)
        redacted.replace(pattern, QStringLiteral("\\1[hidden]"));
    return redacted;
}

} // namespace ChatApp
