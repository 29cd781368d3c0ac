// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "widgets/uploaddelegate.h"

#include <QtWidgets/QListView>

namespace ChatApp {

//! The list of uploads: a QListView whose rows hold links and small buttons that are painted, not
//! widgets. All of them are in the row's menu and have keys as well.
class UploadsView final : public QListView {
    Q_OBJECT
public:
    explicit UploadsView(QWidget* parent = nullptr);

    //! Ids of the selected rows, from top to bottom.
    QList<UploadId> selectedIds() const;

Q_SIGNALS:
    void actionTriggered(ChatApp::RowAction action, ChatApp::UploadId id);
    void menuRequested(const QPoint& globalPosition);
    void selectionEdited();

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void selectionChanged(const QItemSelection& selected,
                          const QItemSelection& deselected) override;

private:
    RowHit hitAt(const QPoint& position) const;
    void hover(const RowHit& hit);

    UploadDelegate* m_delegate;
    RowHit m_hovered;
    RowHit m_pressed;
};

} // namespace ChatApp
