// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/error.h"
#include "sandbox/sandboxfaultplan.h"

#include <QtCore/QStringList>

namespace ChatApp {

//! How long the client of the matrix waits for an answer, and for a body to move.
constexpr std::chrono::milliseconds matrixPatience{400};

//! A situation in which an operation occurs three times or more, so that its first, middle and
//! last occurrence can be met.
enum class FaultScenario {
    Authorization, //!< three spaces, a small file into each
    Renewal, //!< one large file: at its start, for a part whose token was refused, for its end
    Put, //!< three small files
    Head, //!< three files whose last answer never comes
    Probe, //!< the same, and HEAD is denied
    Initiate, //!< three large files
    Part, //!< one file of five parts
    List, //!< three large files, interrupted before their end, in a second run
    Complete, //!< three large files
    Abort, //!< three large files, cancelled while their parts are sent
};
QList<FaultScenario> allFaultScenarios();
SandboxOperation operationOf(FaultScenario scenario);

enum class Occurrence { First, Middle, Last, Every };
//! 0 for every one.
int ordinalOf(FaultScenario scenario, Occurrence occurrence);

//! One way to misbehave, by a name for people.
struct NamedFault {
    QString name;
    SandboxFault fault;
};
//! All that concern this operation.
QList<NamedFault> faultsFor(SandboxOperation operation);

//! One cell of the matrix: this fault meets this occurrence.
struct FaultCell {
    FaultScenario scenario = FaultScenario::Put;
    NamedFault fault;
    Occurrence occurrence = Occurrence::First;

    QString name() const; //!< "UploadPart/commit-then-close/middle"
};
//! Every fault of the scenario's operation at each of these occurrences.
QList<FaultCell> faultCells(FaultScenario scenario, const QList<Occurrence>& occurrences);

//! The errors that may be told of a fault that never ends.
QList<ErrorKind> errorsOfEndless(const NamedFault& fault);

//! What is right, if the fault occurs once, beside "all uploads are done, one object each, nothing
//! else is there".
struct FaultExpectation {
    //! One upload ends with this error, for good: the fault is a permanent one. That the upload
    //! finds a way all the same is right, too, if `mayBeDone`.
    std::optional<ErrorKind> failure;
    bool mayBeDone = false;
    //! Objects that no upload calls its own: what was sent before a fresh key was taken.
    int spareObjects = 0;
    //! Multipart uploads that stay open at the server as the client cannot know them, or may not
    //! drop them.
    int strayUploads = 0;
};
FaultExpectation expectationOf(const FaultCell& cell);

} // namespace ChatApp
