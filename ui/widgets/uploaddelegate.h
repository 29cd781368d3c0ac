// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "rowaction.h"
#include "statewords.h"

#include <QtWidgets/QStyledItemDelegate>

namespace ChatApp {

//! Something in a row that the pointer can be on.
struct RowHit {
    UploadId id;
    RowAction action = RowAction::None;

    bool operator==(const RowHit&) const = default;
};

//! Paints one upload of UploadsModel: icon, name, facts, bar, state in words and the links that
//! belong to the state. All rows are equally high. The same layout answers where a link is.
class UploadDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    RowAction actionAt(const QPoint& position, const QStyleOptionViewItem& option,
                       const QModelIndex& index) const;
    //! The link or button that is drawn as being under the pointer.
    void setHovered(const RowHit& hit) { m_hovered = hit; }

private:
    RowHit m_hovered;
};

//! The links that a row offers next to its state.
QList<RowAction> rowLinks(const UploadRecord& record);
//! What the small button at the end of the row does: cancel or remove.
RowAction quickAction(UploadState state);

} // namespace ChatApp
