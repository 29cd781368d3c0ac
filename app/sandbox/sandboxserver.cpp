// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sandbox/sandboxserver.h"

#include "sandbox/sandboxworker.h"

#include <future>

namespace ChatApp {

SandboxServer::SandboxServer(QObject* parent)
    : QObject(parent)
    , m_worker(new Sandbox::SandboxWorker)
{
    qRegisterMetaType<SandboxEvent>();
    m_thread.setObjectName(QStringLiteral("sandbox"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &Sandbox::SandboxWorker::eventOccurred, this, &SandboxServer::eventOccurred,
            Qt::QueuedConnection);
    m_thread.start();
}

SandboxServer::~SandboxServer()
{
    m_thread.quit();
    m_thread.wait();
}

// Runs on the server thread while the caller waits, and gives back what it returns.
template <typename Function>
auto SandboxServer::onServer(Function function) const
{
    using Value = std::invoke_result_t<Function>;
    if constexpr (std::is_void_v<Value>) {
        QMetaObject::invokeMethod(m_worker, function, Qt::BlockingQueuedConnection);
    } else {
        std::optional<Value> value;
        QMetaObject::invokeMethod(
            m_worker, [&] { value.emplace(function()); }, Qt::BlockingQueuedConnection);
        return std::move(*value);
    }
}

Result<void> SandboxServer::start(const SandboxConfig& config)
{
    return onServer([&] { return m_worker->start(config); });
}

QString SandboxServer::endpoint() const
{
    return onServer([this] {
        const Sandbox::SandboxState& state = m_worker->state();
        return QLatin1String(state.config.tls ? "https://" : "http://")
            + QString::fromLatin1(state.hostAndPort);
    });
}

quint16 SandboxServer::port() const
{
    return onServer([this] { return m_worker->port(); });
}

quint16 SandboxServer::adminPort() const
{
    return onServer([this] { return m_worker->adminPort(); });
}

QString SandboxServer::adminToken() const
{
    return QString::fromLatin1(onServer([this] { return m_worker->adminToken(); }));
}

QString SandboxServer::bucket() const
{
    return QString::fromLatin1(onServer([this] { return m_worker->state().bucket; }));
}

QList<SandboxAccount> SandboxServer::accounts() const
{
    return onServer([this] { return m_worker->state().config.accounts; });
}

SandboxBehavior SandboxServer::behavior() const
{
    return onServer([this] { return m_worker->state().config.behavior; });
}

void SandboxServer::setBehavior(const SandboxBehavior& behavior)
{
    onServer([&] { m_worker->state().config.behavior = behavior; });
}

void SandboxServer::setAccount(const SandboxAccount& account)
{
    onServer([&] { m_worker->state().setAccount(account); });
}

void SandboxServer::setFaultPlan(const SandboxFaultPlan& plan)
{
    onServer([&] { m_worker->state().plan = plan; });
}

SandboxFaultPlan SandboxServer::faultPlan() const
{
    return onServer([this] { return m_worker->state().plan; });
}

void SandboxServer::setGate(SandboxGate gate)
{
    onServer([&] { m_worker->state().gate = std::move(gate); });
}

QList<SandboxObject> SandboxServer::objects() const
{
    return onServer([this] { return m_worker->state().objects.all(); });
}

std::optional<SandboxObject> SandboxServer::object(const QString& key) const
{
    return onServer([&] {
        const SandboxObject* found = m_worker->state().objects.find(key);
        return found ? std::optional(*found) : std::nullopt;
    });
}

QByteArray SandboxServer::content(const QString& key) const
{
    return onServer([&] {
        const SandboxObject* found = m_worker->state().objects.find(key);
        QFile file(found ? found->file : QString());
        return found && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    });
}

QList<SandboxUpload> SandboxServer::uploads() const
{
    return onServer([this] { return m_worker->state().uploads.all(); });
}

QList<SandboxLogEntry> SandboxServer::log() const
{
    return onServer([this] { return m_worker->state().recorder.log(); });
}

SandboxStats SandboxServer::stats() const
{
    return onServer([this] { return m_worker->state().stats(); });
}

QList<SandboxEvent> SandboxServer::events() const
{
    return onServer([this] { return m_worker->state().recorder.events(); });
}

std::optional<SandboxEvent> SandboxServer::waitForEvent(const SandboxEventFilter& filter,
                                                        std::chrono::milliseconds timeout) const
{
    const auto promise = std::make_shared<std::promise<std::optional<SandboxEvent>>>();
    auto future = promise->get_future();
    onServer([&] {
        m_worker->state().recorder.waitForEvent(
            filter, timeout, [promise](const auto& event) { promise->set_value(event); });
    });
    return future.get();
}

} // namespace ChatApp
