// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "support/sandboxclient.h"

#include "core/random.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QLocale>
#include <QtCore/QMessageAuthenticationCode>
#include <QtNetwork/QTcpSocket>

#include <algorithm>

namespace ChatApp::Test {

namespace {

QByteArray hash(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QByteArray hmac(const QByteArray& key, const QByteArray& text)
{
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256);
}

QByteArray encode(const QByteArray& bytes, const QByteArray& keep = {})
{
    return bytes.toPercentEncoding(keep);
}

QByteArray pathOf(const QByteArray& target)
{
    return target.split('?').constFirst();
}

QByteArray queryOf(const QByteArray& target)
{
    return target.contains('?') ? target.mid(target.indexOf('?') + 1) : QByteArray();
}

QByteArray sortedQuery(const QByteArray& target)
{
    QList<QByteArray> pairs = queryOf(target).split('&');
    std::sort(pairs.begin(), pairs.end());
    return pairs.join('&');
}

void parseHead(const QByteArray& head, RawAnswer& answer)
{
    QList<QByteArray> lines = head.split('\n');
    answer.status = lines.takeFirst().split(' ').value(1).toInt();
    for (const QByteArray& line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            answer.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
}

// True when an answer is complete.
bool parseAnswer(const QByteArray& bytes, bool bodiless, RawAnswer& answer)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0 || !bytes.startsWith("HTTP/1.1 "))
        return false;
    answer.headers.clear();
    parseHead(bytes.left(end), answer);
    answer.body = bytes.mid(end + 4);
    if (answer.status == 100)
        return false;
    return bodiless || answer.body.size() >= answer.headers.value("content-length").toLongLong();
}

RawAnswer receive(QTcpSocket& socket, bool bodiless, int timeoutMs)
{
    QElapsedTimer clock;
    clock.start();
    QByteArray bytes;
    RawAnswer answer;
    while (!parseAnswer(bytes, bodiless, answer)) {
        const bool more = socket.bytesAvailable() > 0
            || socket.waitForReadyRead(std::max<int>(0, timeoutMs - int(clock.elapsed())));
        bytes += socket.readAll();
        if (bytes.startsWith("HTTP/1.1 100") && bytes.contains("\r\n\r\n"))
            bytes.remove(0, bytes.indexOf("\r\n\r\n") + 4);
        if (!more && !parseAnswer(bytes, bodiless, answer)) {
            answer.timedOut = socket.state() == QAbstractSocket::ConnectedState;
            if (!bytes.startsWith("HTTP/1.1 "))
                answer.body = bytes;
            break;
        }
    }
    return answer;
}

} // namespace

void RawRequest::set(const QByteArray& name, const QByteArray& value)
{
    remove(name);
    fields.append({name, value});
}

void RawRequest::remove(const QByteArray& name)
{
    fields.removeIf(
        [&](const auto& field) { return field.first.compare(name, Qt::CaseInsensitive) == 0; });
}

QByteArray RawRequest::get(const QByteArray& name) const
{
    for (const auto& [known, value] : fields) {
        if (known.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QByteArray RawRequest::head() const
{
    QByteArray text = method + ' ' + target + " HTTP/1.1\r\n";
    for (const auto& [name, value] : fields)
        text += name + ": " + value + "\r\n";
    return text + "\r\n";
}

QByteArray RawAnswer::code() const
{
    const QByteArray document =
        headers.contains("x-oss-err") ? QByteArray::fromBase64(headers.value("x-oss-err")) : body;
    const QJsonObject json = QJsonDocument::fromJson(document).object();
    if (json.contains(QLatin1String("Code")))
        return json.value(QLatin1String("Code")).toString().toUtf8();
    RawAnswer decoded;
    decoded.body = document;
    return decoded.element("Code");
}

QByteArray RawAnswer::element(const QByteArray& name) const
{
    const qsizetype start = body.indexOf('<' + name + '>');
    const qsizetype end = body.indexOf("</" + name + '>');
    const qsizetype from = start + name.size() + 2;
    return start < 0 || end < from ? QByteArray() : body.mid(from, end - from);
}

RawAnswer SandboxClient::send(const RawRequest& request, int timeoutMs, qint64 bodyLimit) const
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
    if (!socket.waitForConnected(timeoutMs))
        return {};
    socket.write(request.head());
    socket.write(bodyLimit < 0 ? request.body : request.body.left(bodyLimit));
    if (bodyLimit >= 0) {
        while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten(timeoutMs)) { }
        socket.disconnectFromHost();
    }
    return receive(socket, request.method == "HEAD", timeoutMs);
}

RawAnswer SandboxClient::sendBytes(const QByteArray& bytes, int timeoutMs) const
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
    if (!socket.waitForConnected(timeoutMs))
        return {};
    socket.write(bytes);
    return receive(socket, false, timeoutMs);
}

RawRequest SandboxClient::camsCall(const QByteArray& action, const QByteArray& query) const
{
    RawRequest request;
    request.method = "POST";
    request.target = query.isEmpty() ? "/" : "/?" + query;
    request.set("Host", host());
    request.set("x-acs-action", action);
    request.set("x-acs-version", "2020-06-06");
    request.set("x-acs-date", now.toString(QStringLiteral("yyyy-MM-dd'T'HH:mm:ss'Z'")).toLatin1());
    request.set("x-acs-signature-nonce", randomNonce());
    request.set("x-acs-content-sha256", hash({}));
    request.set("Content-Length", "0");
    signCams(request);
    return request;
}

void SandboxClient::signCams(RawRequest& request) const
{
    QMap<QByteArray, QByteArray> headers;
    for (const auto& [field, value] : std::as_const(request.fields)) {
        const QByteArray name = field.toLower();
        if (name == "host" || name == "content-type" || name.startsWith("x-acs-"))
            headers.insert(name, value);
    }
    QByteArray block;
    for (auto it = headers.cbegin(); it != headers.cend(); ++it)
        block += it.key() + ':' + it.value() + '\n';
    const QByteArray names = headers.keys().join(';');
    const QByteArray canonical = request.method + "\n/\n" + sortedQuery(request.target) + '\n'
        + block + '\n' + names + '\n' + request.get("x-acs-content-sha256");
    const QByteArray signature =
        hmac(m_account.accessKeySecret.toUtf8(), "ACS3-HMAC-SHA256\n" + hash(canonical)).toHex();
    request.set("Authorization",
                "ACS3-HMAC-SHA256 Credential=" + m_account.accessKeyId.toUtf8()
                    + ",SignedHeaders=" + names + ",Signature=" + signature);
}

RawCredentials SandboxClient::authorize() const
{
    const RawAnswer answer =
        send(camsCall("GetChatappUploadAuthorization",
                      "CustSpaceId=" + encode(m_account.spaces.constFirst().toUtf8())));
    const QJsonObject data =
        QJsonDocument::fromJson(answer.body).object().value(QLatin1String("Data")).toObject();
    const auto text = [&data](const char* name) {
        return data.value(QLatin1String(name)).toString().toUtf8();
    };
    return {text("AccessKeyId"), text("AccessKeySecret"), text("SecurityToken"), text("BucketName"),
            text("Dir")};
}

RawRequest SandboxClient::oss(const QByteArray& method, const QByteArray& key,
                              const QByteArray& body, const QByteArray& query) const
{
    RawRequest request;
    request.method = method;
    request.target = '/' + m_bucket + '/' + encode(key, "/") + (query.isEmpty() ? "" : "?" + query);
    request.set("Host", host());
    request.body = body;
    if (method == "PUT" || method == "POST" || !body.isEmpty())
        request.set("Content-Length", QByteArray::number(body.size()));
    return request;
}

RawRequest SandboxClient::v4(RawRequest request, const RawCredentials& credentials,
                             const QByteArray& region) const
{
    const QByteArray date = now.toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'")).toLatin1();
    const QByteArray scope = date.left(8) + '/' + region + "/oss/aliyun_v4_request";
    if (request.get("x-oss-date").isEmpty())
        request.set("x-oss-date", date);
    if (request.get("x-oss-content-sha256").isEmpty())
        request.set("x-oss-content-sha256", "UNSIGNED-PAYLOAD");
    if (!credentials.token.isEmpty())
        request.set("x-oss-security-token", credentials.token);
    QMap<QByteArray, QByteArray> headers;
    for (const auto& [field, value] : std::as_const(request.fields)) {
        const QByteArray name = field.toLower();
        if (name == "content-md5" || name == "content-type" || name.startsWith("x-oss-"))
            headers.insert(name, value.trimmed());
    }
    QByteArray block;
    for (auto it = headers.cbegin(); it != headers.cend(); ++it)
        block += it.key() + ':' + it.value() + '\n';
    const QByteArray canonical = request.method + '\n' + pathOf(request.target) + '\n'
        + sortedQuery(request.target) + '\n' + block + "\n\nUNSIGNED-PAYLOAD";
    const QByteArray toSign =
        "OSS4-HMAC-SHA256\n" + request.get("x-oss-date") + '\n' + scope + '\n' + hash(canonical);
    QByteArray key = hmac("aliyun_v4" + credentials.secret, date.left(8));
    key = hmac(hmac(hmac(key, region), "oss"), "aliyun_v4_request");
    request.set("Authorization",
                "OSS4-HMAC-SHA256 Credential=" + credentials.accessKeyId + '/' + scope
                    + ",Signature=" + hmac(key, toSign).toHex());
    return request;
}

RawRequest SandboxClient::v1(RawRequest request, const RawCredentials& credentials) const
{
    request.set(
        "Date",
        QLocale::c().toString(now, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'")).toLatin1());
    request.set("x-oss-security-token", credentials.token);
    QMap<QByteArray, QByteArray> headers;
    for (const auto& [field, value] : std::as_const(request.fields)) {
        if (field.toLower().startsWith("x-oss-"))
            headers.insert(field.toLower(), value);
    }
    QByteArray toSign = request.method + '\n' + request.get("content-md5") + '\n'
        + request.get("content-type") + '\n' + request.get("date") + '\n';
    for (auto it = headers.cbegin(); it != headers.cend(); ++it)
        toSign += it.key() + ':' + it.value() + '\n';
    toSign += QByteArray::fromPercentEncoding(pathOf(request.target));
    if (request.target.contains('?'))
        toSign += '?' + sortedQuery(request.target);
    const QByteArray signature =
        QMessageAuthenticationCode::hash(toSign, credentials.secret, QCryptographicHash::Sha1)
            .toBase64();
    request.set("Authorization", "OSS " + credentials.accessKeyId + ':' + signature);
    return request;
}

} // namespace ChatApp::Test
