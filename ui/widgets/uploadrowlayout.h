// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "rowaction.h"
#include "statewords.h"

#include <QtCore/QList>
#include <QtCore/QRect>
#include <QtGui/QFont>

QT_BEGIN_NAMESPACE
class QStyleOptionViewItem;
QT_END_NAMESPACE

namespace ChatApp {

struct RowLink {
    RowAction action = RowAction::None;
    QString label;
    QRect rect;
};

//! Where everything in a row of uploads stands, in view coordinates and already mirrored for
//! right-to-left. Drawing and hit-testing share it.
class UploadRowLayout {
public:
    UploadRowLayout(const QStyleOptionViewItem& option, const UploadSnapshot& upload,
                    const StateWords& words);

    static int rowHeight(const QFont& font);
    static QFont nameFont(const QFont& font);
    static QFont smallFont(const QFont& font);

    RowAction actionAt(const QPoint& position) const;

    QRect tile;
    QRect name;
    QRect second;
    QRect third; //!< bar, link or error reference; empty if there is none
    QRect stateSymbol;
    QRect state;
    QRect detail; //!< empty if there are links
    QList<RowLink> links;
    QRect quick;
    QRect more;

private:
    void layOutState(const QRect& column, const QStyleOptionViewItem& option,
                     const UploadSnapshot& upload, const StateWords& words);
    void mirror(const QStyleOptionViewItem& option);
};

//! True if the row has something to show on its third line.
bool hasThirdLine(const UploadRecord& record);

} // namespace ChatApp
