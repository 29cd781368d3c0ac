// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/httprequest.h"

#include "sandbox/percentcoding.h"

#include <algorithm>

namespace ChatApp::Sandbox {

namespace {

bool isToken(const QByteArray& text)
{
    static const QByteArray marks = "!#$%&'*+-.^_`|~";
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
            || marks.contains(c);
    });
}

bool isVisible(const QByteArray& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool hasControls(const QByteArray& text)
{
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7f;
    });
}

std::optional<BadRequest> parseRequestLine(const QByteArray& line, HttpRequest& request)
{
    const QList<QByteArray> words = line.split(' ');
    if (words.size() != 3 || !isToken(words.at(0)) || !isVisible(words.at(1)))
        return BadRequest{400, "malformed request line"};
    if (words.at(2) != "HTTP/1.1")
        return BadRequest{505, "only HTTP/1.1 is spoken here"};
    const QByteArray& target = words.at(1);
    if (!target.startsWith('/') || target.contains('#'))
        return BadRequest{400, "the request target must be a path"};
    request.method = words.at(0);
    const qsizetype mark = target.indexOf('?');
    request.path = partBefore(target, '?');
    if (mark >= 0)
        request.query = target.mid(mark + 1);
    return std::nullopt;
}

std::optional<BadRequest> parseField(const QByteArray& line, HttpRequest& request)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || !isToken(line.left(colon)))
        return BadRequest{400, "malformed header field"};
    QByteArray value = line.mid(colon + 1);
    if (value.startsWith(' '))
        value.remove(0, 1);
    if (hasControls(value))
        return BadRequest{400, "control character in a header field"};
    request.fields.append({line.left(colon), value});
    return std::nullopt;
}

std::optional<BadRequest> checkFraming(const HttpRequest& request)
{
    for (const char* name : {"host", "content-length", "authorization", "content-type"}) {
        if (request.countHeader(name) > 1)
            return BadRequest{400, QByteArray("more than one ") + name};
    }
    if (!request.hasHeader("host"))
        return BadRequest{400, "no Host"};
    if (request.hasHeader("content-length") && !request.contentLength())
        return BadRequest{400, "Content-Length is not a number"};
    return std::nullopt;
}

} // namespace

QByteArray partBefore(const QByteArray& text, char mark)
{
    const qsizetype index = text.indexOf(mark);
    return index < 0 ? text : text.left(index);
}

QByteArray HttpRequest::header(const char* name) const
{
    for (const HttpField& field : fields) {
        if (field.name.compare(name, Qt::CaseInsensitive) == 0)
            return field.value.trimmed();
    }
    return {};
}

int HttpRequest::countHeader(const char* name) const
{
    return static_cast<int>(
        std::count_if(fields.begin(), fields.end(), [name](const HttpField& field) {
            return field.name.compare(name, Qt::CaseInsensitive) == 0;
        }));
}

std::optional<qint64> HttpRequest::contentLength() const
{
    const QByteArray text = header("content-length");
    const bool digits = !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool ok = false;
    const qint64 length = text.toLongLong(&ok);
    return digits && ok ? std::optional(length) : std::nullopt;
}

QByteArray HttpRequest::hostName() const
{
    QByteArray host = header("host").toLower();
    if (host.startsWith('['))
        return host.mid(1, host.indexOf(']') - 1);
    return partBefore(host, ':');
}

std::optional<QList<QueryParameter>> HttpRequest::parameters() const
{
    QList<QueryParameter> parameters;
    if (query.isEmpty())
        return parameters;
    for (const QByteArray& pair : query.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        const auto name = percentDecode(partBefore(pair, '='), Plus::Space);
        const auto value =
            percentDecode(equals < 0 ? QByteArray() : pair.mid(equals + 1), Plus::Space);
        if (!name || !value || name->isEmpty())
            return std::nullopt;
        parameters.append({*name, *value, equals >= 0});
    }
    return parameters;
}

std::variant<HttpRequest, BadRequest> parseHead(const QByteArray& head)
{
    HttpRequest request;
    QList<QByteArray> lines = head.split('\n');
    for (QByteArray& line : lines) {
        if (line.endsWith('\r'))
            line.chop(1);
    }
    if (const auto bad = parseRequestLine(lines.takeFirst(), request))
        return *bad;
    for (const QByteArray& line : std::as_const(lines)) {
        if (const auto bad = parseField(line, request))
            return *bad;
    }
    if (const auto bad = checkFraming(request))
        return *bad;
    return request;
}

} // namespace ChatApp::Sandbox
