// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/ossanswer.h"

namespace ChatApp::Sandbox {

QByteArray xmlEscape(const QByteArray& text)
{
    QByteArray escaped;
    escaped.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '&')
            escaped += "&amp;";
        else if (c == '<')
            escaped += "&lt;";
        else if (c == '>')
            escaped += "&gt;";
        else if (byte < 0x20 && c != '\n' && c != '\t')
            escaped += '?'; // cannot stand in an XML 1.0 document in any form
        else
            escaped += c;
    }
    return escaped;
}

HttpResponse ossAnswer(RequestContext& context, int status)
{
    context.entry.code = QStringLiteral("OK");
    HttpResponse response;
    response.status = status;
    response.setHeader("Date", httpDate(context.now));
    response.setHeader("Server", "AliyunOSS");
    response.setHeader("x-oss-request-id", context.entry.requestId.toLatin1());
    response.setHeader("x-oss-server-time", "1");
    return response;
}

QByteArray ossErrorXml(const RequestContext& context, const Refusal& refusal)
{
    const auto element = [](const QByteArray& name, const QByteArray& text) {
        return "  <" + name + '>' + xmlEscape(text) + "</" + name + ">\n";
    };
    QByteArray xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n"
        + element("Code", refusal.code) + element("Message", refusal.message)
        + element("RequestId", context.entry.requestId.toLatin1())
        + element("HostId", context.request.hostName());
    for (const HttpField& detail : refusal.details)
        xml += element(detail.name, detail.value);
    if (!refusal.ec.isEmpty()) {
        xml += element("EC", refusal.ec)
            + element("RecommendDoc", "https://api.alibabacloud.com/troubleshoot?q=" + refusal.ec);
    }
    return xml + "</Error>\n";
}

HttpResponse ossRefusal(RequestContext& context, const Refusal& refusal)
{
    HttpResponse response = ossAnswer(context, refusal.status);
    context.entry.code = QString::fromUtf8(refusal.code);
    context.entry.ec = QString::fromUtf8(refusal.ec);
    const QByteArray xml = ossErrorXml(context, refusal);
    if (!refusal.ec.isEmpty())
        response.setHeader("x-oss-ec", refusal.ec);
    if (refusal.retryAfter.count() > 0) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(refusal.retryAfter).count();
        response.setHeader("Retry-After", QByteArray::number(qint64(seconds)));
    }
    if (context.request.method == "HEAD") {
        response.setHeader("x-oss-err", xml.toBase64());
        return response;
    }
    response.setHeader("Content-Type", "application/xml");
    response.body = xml;
    return response;
}

} // namespace ChatApp::Sandbox
