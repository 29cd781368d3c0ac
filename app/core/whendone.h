// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QFuture>
#include <QtCore/QFutureWatcher>

#include <type_traits>
#include <utility>

namespace ChatApp {

//! Calls `then` with the future's result on the thread of `context`, which is the caller's; never
//! if `context` goes before, or if the future is cancelled. Always later, never at once.
//! Use it in place of QFuture::then(context, …), which asserts (and races) in Qt 6.4 when another
//! thread ends the future after `context` has gone.
template <typename T, typename Function>
void whenDone(const QFuture<T>& future, QObject* context, Function then)
{
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, then = std::move(then)]() mutable {
                         watcher->deleteLater();
                         if constexpr (std::is_void_v<T>) {
                             if (!watcher->isCanceled())
                                 then();
                         } else if (watcher->future().resultCount() > 0) {
                             then(watcher->result());
                         }
                     });
    watcher->setFuture(future);
}

} // namespace ChatApp
