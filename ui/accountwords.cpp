// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "accountwords.h"

#include "errortexts.h"

#include <QtCore/QCoreApplication>

namespace ChatApp {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(AccountWords)

public:
    static AccountWords secret(const Account& account)
    {
        const QString lock = QStringLiteral("lock");
        const QString warning = QStringLiteral("state-warning");
        const QString enter = tr("Enter it again…");
        switch (account.secretState) {
        case SecretState::Unknown:
            return {lock, tr("Not looked for yet"), tr("Look now"), Tone::Muted};
        case SecretState::Stored:
            return {lock,
                    account.secretBackend.isEmpty()
                        ? tr("Stored in the system's keychain")
                        : tr("Stored in %1", "%1: name of a keychain").arg(account.secretBackend),
                    {},
                    Tone::Success};
        case SecretState::SessionOnly:
            return {QStringLiteral("state-info"),
                    tr("Only for this session: there is no keychain to keep it in"),
                    {},
                    Tone::Warning};
        case SecretState::Locked:
            return {lock, tr("The keychain is locked; the secret is safe in it"), tr("Unlock…"),
                    Tone::Warning};
        case SecretState::Missing:
            return {warning, tr("Missing: the keychain has no secret for this account"), enter,
                    Tone::Danger};
        case SecretState::Denied:
            return {warning, tr("The keychain refused access to it"), tr("Try again"),
                    Tone::Danger};
        case SecretState::NoStore:
            return {warning, tr("No keychain answers, and the secret was not entered yet"), enter,
                    Tone::Warning};
        }
        return {};
    }

    static AccountWords tested(const AccountTestReport& report)
    {
        AccountWords words{QStringLiteral("state-done"), {}, {}, Tone::Success};
        words.text = report.spaceChecked
            ? tr("Works: the service gives permission to upload to “%1”.").arg(report.bucket)
            : tr("Works: the service accepts this AccessKey. Add a space to test uploads too.");
        const auto offset = std::chrono::duration_cast<std::chrono::minutes>(report.clockOffset);
        if (std::chrono::abs(offset) >= std::chrono::minutes(1)) {
            words.text += QLatin1Char(' ')
                + tr("This computer's clock is wrong by %n minute(s); that is made up for.",
                     nullptr, static_cast<int>(std::chrono::abs(offset).count()));
        }
        return words;
    }
};

} // namespace

AccountWords secretWords(const Account& account)
{
    return Words::secret(account);
}

AccountWords testWords(const Result<AccountTestReport>& report)
{
    if (report)
        return Words::tested(*report);
    const ErrorWords words = errorWords(report.error());
    const QString reference = errorReference(report.error());
    QString text =
        words.title + QStringLiteral(". ") + words.explanation + QLatin1Char(' ') + words.nextStep;
    if (!reference.isEmpty())
        text += QLatin1Char('\n') + reference;
    return {QStringLiteral("state-failed"), text, {}, Tone::Danger};
}

} // namespace ChatApp
