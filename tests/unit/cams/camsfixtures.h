// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cams/camsclient.h"
#include "support/faketransport.h"

#include <QtCore/QUrl>
#include <QtCore/QUrlQuery>

namespace ChatApp {

inline CamsCaller exampleCaller(const char* accessKeyId = "ExampleKey")
{
    CamsCaller caller;
    caller.credentials.accessKeyId = QString::fromLatin1(accessKeyId);
    caller.credentials.accessKeySecret = SecretString(QByteArray("ExampleSecret"));
    caller.endpoint.host = "cams.example.com";
    return caller;
}

inline QString spaceOf(const SentRequest& request)
{
    return QUrlQuery(QUrl::fromEncoded(request.target))
        .queryItemValue(QStringLiteral("CustSpaceId"), QUrl::FullyDecoded);
}

//! An authorization whose Dir is the space that was asked for.
inline HttpOutcome authorizationFor(const SentRequest& request, int expire = 3600)
{
    return answerOf(
        200,
        "{\"Code\":\"OK\",\"RequestId\":\"R\",\"Data\":{\"AccessKeyId\":\"STS.Example\","
        "\"AccessKeySecret\":\"ExampleSecret\",\"SecurityToken\":\"ExampleToken\","
        "\"BucketName\":\"media\",\"EndPoint\":\"https://oss.example.com\",\"Dir\":\""
            + spaceOf(request).toUtf8() + "\",\"Expire\":" + QByteArray::number(expire) + "}}");
}

inline HttpOutcome camsErrorOf(const QByteArray& code, const HttpHeaders& headers = {})
{
    return answerOf(400, "{\"Code\":\"" + code + "\",\"RequestId\":\"R\"}", headers);
}

} // namespace ChatApp
