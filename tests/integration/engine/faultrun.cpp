// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "faultrun.h"

#include "core/crc64.h"

#include <QtCore/QCryptographicHash>
#include <QtTest/QtTest>

namespace ChatApp {

using Type = SandboxFault::Type;
using Op = SandboxOperation;

namespace {

constexpr qint64 threshold = 512LL * 1024; // parts of 256 KiB
constexpr qint64 threeParts = threshold + 1000;
constexpr int endlessAttempts = 3;
constexpr qint64 fiveParts = 2 * threshold + 100'000;

const QStringList& spaces()
{
    static const QStringList names{QStringLiteral("space-1"), QStringLiteral("space-2"),
                                   QStringLiteral("space-3")};
    return names;
}

EngineFixture::Options optionsFor(Occurrence occurrence)
{
    EngineFixture::Options options;
    options.sandbox.accounts = {
        SandboxAccount{.accessKeyId = QStringLiteral("SANDBOXexampleid"),
                       .accessKeySecret = QStringLiteral("ExampleSecretOfTheSandbox"),
                       .securityToken = {},
                       .spaces = spaces()}};
    options.sendStall = matrixPatience;
    options.answerTimeout = matrixPatience;
    options.multipartThreshold = threshold;
    if (occurrence == Occurrence::Every)
        options.maxAttempts = endlessAttempts;
    return options;
}

//! Bytes that differ from file to file and from part to part.
QByteArray bytes(const QString& name, qint64 size)
{
    QByteArray made;
    made.reserve(size + 32);
    const QByteArray seed = name.toUtf8();
    for (quint32 counter = 0; made.size() < size; ++counter) {
        made +=
            QCryptographicHash::hash(seed + QByteArray::number(counter), QCryptographicHash::Sha256)
                .repeated(32);
    }
    made.truncate(size);
    return made;
}

SandboxFaultRule always(Op operation, Type type)
{
    SandboxFault fault;
    fault.type = type;
    return SandboxFaultRule::always(operation, fault);
}

SandboxFaultRule nth(Op operation, int ordinal, Type type)
{
    SandboxFault fault;
    fault.type = type;
    return SandboxFaultRule::nth(operation, ordinal, fault);
}

} // namespace

FaultRun::FaultRun(FaultCell cell)
    : m_cell(std::move(cell))
    , m_expected(expectationOf(m_cell))
    , m_fixture(optionsFor(m_cell.occurrence))
{
}

QString FaultRun::problem()
{
    play();
    if (m_problems.isEmpty())
        check(m_fixture.waitEnded(m_ids), QStringLiteral("not all uploads ended"));
    if (m_problems.isEmpty()) {
        for (const UploadId& id : std::as_const(m_ids))
            checkUpload(id);
        checkHistory();
        if (m_cell.occurrence == Occurrence::Every)
            checkEndless();
        else
            checkOnce();
    }
    if (m_problems.isEmpty())
        return {};
    return m_problems.join(QLatin1String("; ")) + QLatin1Char('\n') + serverLog();
}

// The scenarios

void FaultRun::plan(QList<SandboxFaultRule> others)
{
    // The first rule that meets a request acts.
    others.prepend({.operation = operationOf(m_cell.scenario),
                    .ordinal = ordinalOf(m_cell.scenario, m_cell.occurrence),
                    .count = 1,
                    .fault = m_cell.fault.fault,
                    .hits = 0});
    m_fixture.sandbox().setFaultPlan(SandboxFaultPlan(std::move(others)));
}

void FaultRun::play()
{
    switch (m_cell.scenario) {
    case FaultScenario::Authorization:
        plan();
        playAuthorizations();
        break;
    case FaultScenario::Renewal:
        plan({nth(Op::UploadPart, 2, Type::ExpiredToken),
              nth(Op::CompleteMultipartUpload, 1, Type::ExpiredToken)});
        begin({add(QStringLiteral("film.mp4"), fiveParts)});
        break;
    case FaultScenario::Put:
        plan();
        begin(addSmall(3));
        break;
    case FaultScenario::Head:
        plan({always(Op::PutObject, Type::CommitThenClose),
              always(Op::CompleteMultipartUpload, Type::CommitThenClose)});
        begin(addSmall(2) + addLarge(1));
        break;
    case FaultScenario::Probe:
        plan({always(Op::HeadObject, Type::Deny), always(Op::PutObject, Type::CommitThenClose),
              always(Op::CompleteMultipartUpload, Type::CommitThenClose)});
        begin(addSmall(2) + addLarge(1));
        break;
    case FaultScenario::Initiate:
    case FaultScenario::Complete:
        plan();
        begin(addLarge(3));
        break;
    case FaultScenario::Part:
        plan();
        begin({add(QStringLiteral("film.mp4"), fiveParts)});
        break;
    case FaultScenario::List:
        playInterrupted();
        break;
    case FaultScenario::Abort:
        playCancelled();
        break;
    }
}

void FaultRun::playAuthorizations()
{
    QList<StageRequest> requests;
    const QStringList paths = addSmall(3);
    for (qsizetype i = 0; i < paths.size(); ++i)
        requests.append(
            {.path = paths.at(i), .target = m_fixture.target(spaces().at(i)), .replace = false});
    m_ids = m_fixture.stage(requests);
    m_fixture.engine().uploads().start(m_ids);
}

//! All parts are acknowledged when the program ends; a second run asks which ones are there.
void FaultRun::playInterrupted()
{
    m_fixture.sandbox().setFaultPlan(
        SandboxFaultPlan({always(Op::CompleteMultipartUpload, Type::Stall)}));
    begin(addLarge(3));
    const auto completing = [this] {
        QSet<QString> keys;
        for (const SandboxEvent& event : m_fixture.sandbox().events()) {
            if (event.operation == Op::CompleteMultipartUpload)
                keys.insert(event.key);
        }
        return keys.size() == m_ids.size();
    };
    if (!awaitAll(completing, "the first run"))
        return;
    m_fixture.restart();
    plan();
    m_fixture.engine().uploads().start(m_ids);
}

void FaultRun::playCancelled()
{
    SandboxFault slow;
    slow.type = Type::Slow;
    slow.bytesPerSecond = 100'000;
    plan({SandboxFaultRule::always(Op::UploadPart, slow)});
    begin(addLarge(3));
    const auto sending = [this] { return m_fixture.sandbox().uploads().size() == m_ids.size(); };
    if (awaitAll(sending, "all uploads to be initiated"))
        m_fixture.engine().uploads().cancel(m_ids);
}

QString FaultRun::add(const QString& name, qint64 size)
{
    const QByteArray content = bytes(name, size);
    QString path = m_fixture.writeFile(name, content);
    m_contents.insert(path, content);
    return path;
}

QStringList FaultRun::addLarge(int count)
{
    QStringList paths;
    for (int i = 0; i < count; ++i)
        paths.append(add(QStringLiteral("large%1.mp4").arg(i), threeParts + i));
    return paths;
}

QStringList FaultRun::addSmall(int count)
{
    QStringList paths;
    for (int i = 0; i < count; ++i)
        paths.append(add(QStringLiteral("small%1.png").arg(i), 2000 + i));
    return paths;
}

void FaultRun::begin(const QStringList& paths)
{
    m_ids = m_fixture.upload(paths);
    check(m_ids.size() == paths.size(), QStringLiteral("not all files were staged"));
}

bool FaultRun::awaitAll(const std::function<bool()>& condition, const char* what)
{
    const bool met = QTest::qWaitFor(condition, 10'000);
    check(met, QStringLiteral("waited in vain for ") + QLatin1String(what));
    return met;
}

// What has to hold

void FaultRun::checkOnce()
{
    check(m_fixture.sandbox().faultHits(0) == 1, QStringLiteral("the fault was not met"));
    QList<ErrorKind> expected;
    if (m_expected.failure && !(m_expected.mayBeDone && m_failures.isEmpty()))
        expected.append(*m_expected.failure);
    check(m_failures == expected, QStringLiteral("not the failures that were to be expected"));
    checkObjects(m_expected.spareObjects);
    checkOpenUploads(m_expected.strayUploads);
    checkParts();
}

//! Whatever does not end is given up, with its name, and nothing is heaped up at the server.
void FaultRun::checkEndless()
{
    const int hits = m_fixture.sandbox().faultHits(0);
    // What goes without a body is repeated by the system's own HTTP, too, if the peer closes.
    constexpr int repeatsBelow = 5;
    const qsizetype most = endlessAttempts * repeatsBelow * std::max<qsizetype>(m_ids.size(), 3);
    check(hits > 0 && hits <= most, QStringLiteral("the fault was met %1 times").arg(hits));
    const QList<ErrorKind> named = errorsOfEndless(m_cell.fault);
    for (const ErrorKind kind : std::as_const(m_failures))
        check(named.contains(kind), QStringLiteral("failed as ") + errorKindName(kind));
    checkObjects(2 * static_cast<int>(m_ids.size())); // one, and one under the fresh key
    checkOpenUploads(hits); // each of those was denied or never told
}

void FaultRun::check(bool holds, const QString& otherwise)
{
    if (!holds)
        m_problems.append(otherwise);
}

void FaultRun::checkUpload(UploadId id)
{
    const UploadRecord record = m_fixture.snapshot(id).record;
    if (m_cell.scenario == FaultScenario::Abort) {
        check(record.state == UploadState::Cancelled,
              record.name + QStringLiteral(" is ") + uploadStateName(record.state));
        return;
    }
    if (record.state == UploadState::Done) {
        checkDone(record);
        return;
    }
    const QString told = record.error ? describeError(*record.error) : QStringLiteral("no error");
    if (record.error)
        m_failures.append(record.error->kind);
    check(
        record.state == UploadState::Failed && record.error
            && (m_cell.occurrence == Occurrence::Every || record.error->kind == m_expected.failure),
        record.name + QStringLiteral(" is ") + uploadStateName(record.state) + QStringLiteral(": ")
            + told);
    check(record.url.isEmpty(), record.name + QStringLiteral(" failed and has a link"));
}

void FaultRun::checkDone(const UploadRecord& record)
{
    ++m_done;
    const QByteArray content = m_contents.value(record.path);
    const auto object = m_fixture.sandbox().object(record.key);
    check(object.has_value(), record.key + QStringLiteral(" is not there"));
    if (!object)
        return;
    check(object->size == content.size() && record.identity.size == content.size(),
          record.key + QStringLiteral(" has another size"));
    check(object->crc64 == Crc64::of(content) && record.crc64 == object->crc64,
          record.key + QStringLiteral(" has another CRC64"));
    check(m_fixture.sandbox().content(record.key) == content,
          record.key + QStringLiteral(" has other bytes"));
    check(record.url.contains(record.objectName), record.name + QStringLiteral(" has no link"));
    check(record.uploadId.isEmpty(), record.name + QStringLiteral(" is done and keeps an id"));
}

//! One row each, which says what was shown.
void FaultRun::checkHistory()
{
    const QList<UploadRecord> rows = m_fixture.history();
    check(rows.size() == m_ids.size(), QStringLiteral("%1 rows of history").arg(rows.size()));
    for (const UploadRecord& row : rows) {
        const UploadRecord shown = m_fixture.snapshot(row.id).record;
        const bool same = row.state == shown.state && row.key == shown.key
            && row.crc64 == shown.crc64 && row.error == shown.error
            && row.uploadId == shown.uploadId && row.url == shown.url;
        check(same, row.name + QStringLiteral(": the row is not what was shown"));
    }
}

//! Beside those of the uploads there may be so many, and they are whole.
void FaultRun::checkObjects(int spare)
{
    const QList<SandboxObject> objects = m_fixture.sandbox().objects();
    check(objects.size() >= m_done && objects.size() <= m_done + spare,
          QStringLiteral("%1 objects for %2 uploads").arg(objects.size()).arg(m_done));
    const QList<QByteArray> contents = m_contents.values();
    for (const SandboxObject& object : objects) {
        check(contents.contains(m_fixture.sandbox().content(object.key)),
              object.key + QStringLiteral(" is no file's content"));
    }
}

//! What is open at the server is named by a row, which can go on with it or drop it, or nobody
//! could know it.
void FaultRun::checkOpenUploads(int allowed)
{
    QStringList named;
    for (const UploadId& id : std::as_const(m_ids))
        named.append(m_fixture.snapshot(id).record.uploadId);
    int strays = 0;
    for (const SandboxUpload& upload : m_fixture.sandbox().uploads()) {
        if (!named.contains(upload.uploadId))
            ++strays;
    }
    check(strays <= allowed, QStringLiteral("%1 multipart uploads left behind").arg(strays));
}

//! A part is asked for once, and once more for each fault it met or request that was recalled; an
//! acknowledged one never again.
void FaultRun::checkParts()
{
    struct Count {
        int requests = 0;
        int excuses = 0;
        int acknowledged = 0;
    };
    QMap<QString, Count> parts;
    qint64 listed = 0; // the last list of parts, in the order of the log: that of the ends
    for (const SandboxLogEntry& entry : m_fixture.sandbox().log()) {
        if (entry.operation == Op::ListParts)
            listed = entry.sequence;
        if (entry.operation != Op::UploadPart)
            continue;
        Count& part = parts[QString::fromLatin1(entry.parameters.value("uploadId") + " part "
                                                + entry.parameters.value("partNumber"))];
        ++part.requests;
        // What was under way when the list was asked for had been recalled.
        const bool awaited = entry.answered && entry.sequence > listed;
        const bool spoilt = entry.fault == 0
            && (m_cell.fault.fault.type == Type::WrongCrc || m_cell.fault.fault.commit);
        if (awaited && entry.committed && !spoilt)
            ++part.acknowledged;
        else
            ++part.excuses;
    }
    for (auto part = parts.cbegin(); part != parts.cend(); ++part) {
        check(part->requests <= 1 + part->excuses && part->acknowledged <= 1,
              QStringLiteral("%1: %2 requests, %3 acknowledged")
                  .arg(part.key())
                  .arg(part->requests)
                  .arg(part->acknowledged));
    }
}

QString FaultRun::serverLog()
{
    QStringList lines;
    for (const SandboxLogEntry& entry : m_fixture.sandbox().log()) {
        lines.append(
            QStringLiteral("%1 %2 %3 %4 part %5%6%7%8")
                .arg(entry.sequence)
                .arg(sandboxOperationName(entry.operation))
                .arg(entry.status)
                .arg(entry.code, QString::fromLatin1(entry.parameters.value("partNumber")),
                     entry.committed ? QStringLiteral(" committed") : QString(),
                     entry.answered ? QString() : QStringLiteral(" unanswered"),
                     entry.fault < 0 ? QString() : QStringLiteral(" fault %1").arg(entry.fault)));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace ChatApp
