// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "accounts/account.h"
#include "core/result.h"
#include "core/secretstring.h"

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QFuture>
#include <QtTest/QTest>

namespace ChatApp::Test {

//! Waits with a running event loop, as the program has one.
template <typename T>
Result<T> awaited(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000))
        return Error{.kind = ErrorKind::Timeout};
    return future.result();
}

template <typename T>
ErrorKind kindOf(const Result<T>& result)
{
    return result ? ErrorKind::Internal : result.error().kind;
}

inline const QByteArray exampleSecret = QByteArrayLiteral("ExampleSecret7dW3kQ");

//! Every file below `folder` that has the example secret in it, in a form that programs write.
inline QStringList filesWithTheSecret(const QString& folder)
{
    const QString text = QString::fromLatin1(exampleSecret);
    const QByteArray wide(reinterpret_cast<const char*>(text.utf16()), text.size() * 2);
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly)) {
            found += file.fileName() + QStringLiteral(" cannot be read");
            continue;
        }
        const QByteArray content = file.readAll();
        if (content.contains(exampleSecret) || content.contains(wide)
            || content.contains(exampleSecret.toBase64().left(20))
            || content.contains(exampleSecret.toHex())) {
            found += file.fileName();
        }
    }
    return found;
}

} // namespace ChatApp::Test
