// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/httpresponse.h"

#include <QtCore/QLocale>
#include <QtCore/QMap>

namespace ChatApp::Sandbox {

void HttpResponse::removeHeader(const QByteArray& name)
{
    fields.removeIf(
        [&](const HttpField& field) { return field.name.compare(name, Qt::CaseInsensitive) == 0; });
}

void HttpResponse::setHeader(const QByteArray& name, const QByteArray& value)
{
    removeHeader(name);
    fields.append({name, value});
}

QByteArray HttpResponse::header(const QByteArray& name) const
{
    for (const HttpField& field : fields) {
        if (field.name.compare(name, Qt::CaseInsensitive) == 0)
            return field.value;
    }
    return {};
}

QByteArray reasonPhrase(int status)
{
    static const QMap<int, QByteArray> phrases{
        {200, "OK"},
        {204, "No Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {416, "Range Not Satisfiable"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
        {507, "Insufficient Storage"},
    };
    return phrases.value(status, "Unknown");
}

QByteArray httpDate(const QDateTime& time)
{
    return QLocale::c()
        .toString(time.toUTC(), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
        .toLatin1();
}

} // namespace ChatApp::Sandbox
