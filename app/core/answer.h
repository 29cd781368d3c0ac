// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/result.h"

#include <QtCore/QFuture>
#include <QtCore/QPromise>

#include <memory>

namespace ChatApp {

//! The giving end of a future, made to be carried through callbacks: copies are one answer. If the
//! last copy goes without having given anything (its callback was dropped because an object in
//! between is gone), the future ends with ErrorKind::Cancelled: it always ends, and exactly once.
template <typename T>
class Answer {
public:
    Answer() : m_state(std::make_shared<State>()) { }

    QFuture<Result<T>> future() const { return m_state->promise.future(); }
    void give(Result<T> result) const { m_state->give(std::move(result)); }

private:
    struct State {
        State() { promise.start(); }
        State(const State&) = delete;
        State& operator=(const State&) = delete;
        ~State()
        {
            if (!given)
                give(Error{.kind = ErrorKind::Cancelled});
        }
        void give(Result<T> result)
        {
            given = true;
            promise.addResult(std::move(result));
            promise.finish();
        }

        QPromise<Result<T>> promise;
        bool given = false;
    };

    std::shared_ptr<State> m_state;
};

} // namespace ChatApp
