// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "engine/handover.h"

#include "core/requestlistener.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace ChatApp {

namespace {

// An answer that complains about every file repeats its path, twice where a message has it too.
constexpr qsizetype lineBytes = maxRequestBytes / 4;
constexpr qsizetype lineFiles = 1000; // one transaction
constexpr qsizetype longestPath = 4096; // PATH_MAX

Error malformed(const QString& why)
{
    return Error{.kind = ErrorKind::Usage,
                 .message = QStringLiteral("the request is not understood: %1").arg(why)};
}

Error nonsense(const QString& why)
{
    return Error{.kind = ErrorKind::InvalidAnswer,
                 .message = QStringLiteral("the answer of the profile's holder: %1").arg(why)};
}

QByteArray compact(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

//! Takes members out of an object one by one; each must be there, of its type, and no other.
class StrictObject {
public:
    explicit StrictObject(const QJsonValue& value) : m_object(value.toObject())
    {
        if (!value.isObject())
            complain(QStringLiteral("an object is missing"));
    }

    QJsonValue take(const char* name, QJsonValue::Type type)
    {
        QJsonValue value = m_object.take(QLatin1String(name));
        if (value.type() != type)
            complain(
                QStringLiteral("\"%1\" is missing or of a wrong type").arg(QLatin1String(name)));
        return value;
    }
    QString text(const char* name) { return take(name, QJsonValue::String).toString(); }
    bool flag(const char* name) { return take(name, QJsonValue::Bool).toBool(); }
    QJsonArray array(const char* name) { return take(name, QJsonValue::Array).toArray(); }

    //! Nothing if all was as it should be.
    QString complaint()
    {
        if (!m_object.isEmpty())
            complain(QStringLiteral("\"%1\" is not known").arg(m_object.keys().constFirst()));
        return m_complaint;
    }

private:
    void complain(const QString& text)
    {
        if (m_complaint.isEmpty())
            m_complaint = text;
    }

    QJsonObject m_object;
    QString m_complaint;
};

QJsonObject fileObject(const HandoverFile& file)
{
    return {{QStringLiteral("path"), file.path}, {QStringLiteral("replace"), file.replace}};
}

QJsonObject targetObject(const UploadTarget& target)
{
    return {{QStringLiteral("account"), target.accountName},
            {QStringLiteral("accessKeyId"), target.accessKeyId},
            {QStringLiteral("endpoint"), target.endpoint},
            {QStringLiteral("region"), target.region},
            {QStringLiteral("space"), target.spaceId.value}};
}

QByteArray lineOf(const QJsonArray& files, const UploadTarget& target)
{
    return compact({{QStringLiteral("command"), QStringLiteral("enqueue")},
                    {QStringLiteral("files"), files},
                    {QStringLiteral("target"), targetObject(target)}});
}

Result<HandoverFile> parseFile(const QJsonValue& value)
{
    StrictObject object(value);
    HandoverFile file{.path = object.text("path"), .replace = object.flag("replace")};
    if (const QString complaint = object.complaint(); !complaint.isEmpty())
        return malformed(complaint);
    if (!file.path.startsWith(QLatin1Char('/')) || file.path.contains(QChar(0))
        || file.path.size() > longestPath) {
        return malformed(QStringLiteral("a path is not absolute, or too long"));
    }
    return file;
}

Result<UploadTarget> parseTarget(const QJsonValue& value)
{
    StrictObject object(value);
    UploadTarget target;
    target.accountName = object.text("account");
    target.accessKeyId = object.text("accessKeyId");
    target.endpoint = object.text("endpoint");
    target.region = object.text("region");
    target.spaceId = {object.text("space")};
    if (const QString complaint = object.complaint(); !complaint.isEmpty())
        return malformed(complaint);
    if (target.spaceId.value.isEmpty())
        return malformed(QStringLiteral("no space is named"));
    if (target.accountName.isEmpty() && target.accessKeyId.isEmpty())
        return malformed(QStringLiteral("neither an account nor an AccessKey ID is named"));
    return target;
}

QJsonObject failureObject(const StageFailure& failure)
{
    return {{QStringLiteral("path"), failure.path},
            {QStringLiteral("kind"), errorKindName(failure.error.kind)},
            {QStringLiteral("message"), failure.error.message}};
}

} // namespace

QList<HandoverLine> handoverLines(const HandoverRequest& request)
{
    QList<HandoverLine> lines;
    QJsonArray files;
    qsizetype bytes = 0;
    const auto finishLine = [&] {
        if (!files.isEmpty())
            lines.append({lineOf(files, request.target), files.size()});
        files = {};
        bytes = 0;
    };
    for (const HandoverFile& file : request.files) {
        const QJsonObject object = fileObject(file);
        const qsizetype size = compact(object).size() + 1;
        if (files.size() >= lineFiles || bytes + size > lineBytes)
            finishLine();
        files.append(object);
        bytes += size;
    }
    finishLine();
    return lines;
}

Result<HandoverRequest> parseHandover(const QByteArray& line)
{
    QJsonParseError parsing;
    const QJsonDocument document = QJsonDocument::fromJson(line, &parsing);
    if (parsing.error != QJsonParseError::NoError)
        return malformed(parsing.errorString());
    StrictObject object(document.object());
    const QString command = object.text("command");
    const QJsonArray files = object.array("files");
    const QJsonValue target = object.take("target", QJsonValue::Object);
    if (const QString complaint = object.complaint(); !complaint.isEmpty())
        return malformed(complaint);
    if (command != QLatin1String("enqueue"))
        return malformed(QStringLiteral("unknown command"));
    if (files.isEmpty())
        return malformed(QStringLiteral("no file is named"));
    HandoverRequest request;
    for (const auto& value : files) {
        const Result<HandoverFile> file = parseFile(value);
        if (!file)
            return file.error();
        request.files.append(*file);
    }
    Result<UploadTarget> parsed = parseTarget(target);
    if (!parsed)
        return parsed.error();
    request.target = std::move(parsed).value();
    return request;
}

QByteArray handoverAnswerLine(const Result<HandoverAnswer>& answer)
{
    if (!answer) {
        return compact({{QStringLiteral("ok"), false},
                        {QStringLiteral("error"),
                         QJsonObject{{QStringLiteral("kind"), errorKindName(answer.error().kind)},
                                     {QStringLiteral("message"), answer.error().message}}}});
    }
    QJsonArray ids;
    for (const UploadId& id : answer->ids)
        ids.append(id.value);
    QJsonArray failures;
    for (const StageFailure& failure : answer->failures)
        failures.append(failureObject(failure));
    return compact({{QStringLiteral("ok"), true},
                    {QStringLiteral("ids"), ids},
                    {QStringLiteral("failures"), failures}});
}

Result<HandoverAnswer> parseHandoverAnswer(const QByteArray& line)
{
    StrictObject object(QJsonDocument::fromJson(line).object());
    if (!object.flag("ok")) {
        StrictObject error(object.take("error", QJsonValue::Object));
        const QString kind = error.text("kind");
        const QString message = error.text("message");
        const QString complaint = object.complaint() + error.complaint();
        if (!complaint.isEmpty())
            return nonsense(complaint);
        return Error{.kind = errorKindFromName(kind), .message = message};
    }
    HandoverAnswer answer;
    const QJsonArray ids = object.array("ids");
    const QJsonArray failures = object.array("failures");
    if (const QString complaint = object.complaint(); !complaint.isEmpty())
        return nonsense(complaint);
    for (const auto& id : ids) {
        if (id.toInteger() <= 0)
            return nonsense(QStringLiteral("an id makes no sense"));
        answer.ids.append(UploadId{id.toInteger()});
    }
    for (const auto& value : failures) {
        StrictObject failure(value);
        const QString path = failure.text("path");
        const QString kind = failure.text("kind");
        const QString message = failure.text("message");
        if (const QString complaint = failure.complaint(); !complaint.isEmpty())
            return nonsense(complaint);
        answer.failures.append({path, Error{.kind = errorKindFromName(kind), .message = message}});
    }
    return answer;
}

} // namespace ChatApp
