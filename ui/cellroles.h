// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/qnamespace.h>

namespace ChatApp {

//! What a model may tell CellDelegate about a cell, far from the roles of the models themselves.
enum CellRole {
    CellToneRole = Qt::UserRole + 100, //!< int(Tone); absent: Neutral
    CellSymbolRole, //!< QString: a symbol before the text
    CellBoldRole, //!< bool
    CellElideRole, //!< int(Qt::TextElideMode); absent: at the end
};

} // namespace ChatApp
