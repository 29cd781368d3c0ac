// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/camsanswer.h"

#include <QtCore/QJsonDocument>

namespace ChatApp::Sandbox {

HttpResponse camsAnswer(RequestContext& context, int status, QJsonObject body)
{
    body.insert(QStringLiteral("RequestId"), context.entry.requestId);
    context.entry.code = body.value(QLatin1String("Code")).toString();
    HttpResponse response;
    response.status = status;
    response.setHeader("Date", httpDate(context.now));
    response.setHeader("Content-Type", "application/json;charset=utf-8");
    response.setHeader("x-acs-request-id", context.entry.requestId.toLatin1());
    response.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return response;
}

HttpResponse camsRefusal(RequestContext& context, const Refusal& refusal)
{
    HttpResponse response =
        camsAnswer(context, refusal.status,
                   {{QStringLiteral("Code"), QString::fromUtf8(refusal.code)},
                    {QStringLiteral("Message"), QString::fromUtf8(refusal.message)},
                    {QStringLiteral("HostId"), QString::fromLatin1(context.request.hostName())},
                    {QStringLiteral("Recommend"),
                     QStringLiteral("https://api.alibabacloud.com/troubleshoot?q=%1&product=cams")
                         .arg(QString::fromUtf8(refusal.code))}});
    if (refusal.retryAfter.count() > 0)
        response.setHeader("x-acs-retry-after", QByteArray::number(refusal.retryAfter.count()));
    return response;
}

} // namespace ChatApp::Sandbox
