// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/secretstore.h"
#include "core/answer.h"

#include <QtCore/QHash>
#include <QtCore/QList>

#include <optional>

namespace ChatApp::Test {

//! A secret store that does what a test says. What it did outlives it, in Memory.
class ScriptedSecretStore final : public SecretStore {
public:
    struct Memory {
        QHash<AccountId, QByteArray> secrets;
        std::optional<ErrorKind> failure; //!< of every operation
        bool forgetsWrites = false; //!< the read-back finds nothing
        bool holdReads = false; //!< reads are answered by releaseReads()
        QString backend = QStringLiteral("Test Store");
        int reads = 0;
        int writes = 0;
        int unlocks = 0;
        QList<std::pair<AccountId, Answer<SecretString>>> held;

        void releaseReads()
        {
            const auto answers = std::exchange(held, {});
            for (const auto& [id, answer] : answers)
                answer.give(find(id));
        }
        Result<SecretString> find(const AccountId& id) const
        {
            if (failure)
                return Error{.kind = *failure};
            if (!secrets.contains(id))
                return Error{.kind = ErrorKind::SecretMissing};
            return SecretString::copyOf(secrets.value(id));
        }
    };

    explicit ScriptedSecretStore(Memory& memory) : m_memory(memory) { }

    QFuture<Result<SecretString>> read(const AccountId& account) override
    {
        ++m_memory.reads;
        const Answer<SecretString> answer;
        if (m_memory.holdReads)
            m_memory.held.append({account, answer});
        else
            answer.give(m_memory.find(account));
        return answer.future();
    }

    QFuture<Result<void>> write(const AccountId& account, const SecretString& secret) override
    {
        ++m_memory.writes;
        const Answer<void> answer;
        const QByteArray exposed = secret.expose();
        if (m_memory.failure)
            answer.give(Error{.kind = *m_memory.failure});
        else if (m_memory.forgetsWrites)
            answer.give(Error{.kind = ErrorKind::SecretMissing});
        else
            answer.give(keep(account, QByteArray(exposed.constData(), exposed.size())));
        return answer.future();
    }

    QFuture<Result<void>> remove(const AccountId& account) override
    {
        const Answer<void> answer;
        if (m_memory.failure) {
            answer.give(Error{.kind = *m_memory.failure});
        } else {
            m_memory.secrets.remove(account);
            answer.give({});
        }
        return answer.future();
    }

    QFuture<Result<void>> unlock() override
    {
        ++m_memory.unlocks;
        m_memory.failure.reset();
        const Answer<void> answer;
        answer.give({});
        return answer.future();
    }

    QString backendName() const override { return m_memory.backend; }

private:
    Result<void> keep(const AccountId& account, const QByteArray& secret)
    {
        m_memory.secrets.insert(account, secret);
        return {};
    }

    Memory& m_memory;
};

} // namespace ChatApp::Test
