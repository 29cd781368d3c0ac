// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/uploadsview.h"

#include "models/uploadsmodel.h"

#include <QtGui/QContextMenuEvent>
#include <QtGui/QMouseEvent>

#include <algorithm>

namespace ChatApp {

UploadsView::UploadsView(QWidget* parent) : QListView(parent), m_delegate(new UploadDelegate(this))
{
    setItemDelegate(m_delegate);
    setUniformItemSizes(true);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setAcceptDrops(false);
}

QList<UploadId> UploadsView::selectedIds() const
{
    QModelIndexList indexes =
        selectionModel() ? selectionModel()->selectedRows() : QModelIndexList();
    std::sort(indexes.begin(), indexes.end());
    QList<UploadId> ids;
    ids.reserve(indexes.size());
    for (const QModelIndex& index : std::as_const(indexes))
        ids.append(index.data(UploadsModel::IdRole).value<UploadId>());
    return ids;
}

RowHit UploadsView::hitAt(const QPoint& position) const
{
    const QModelIndex index = indexAt(position);
    if (!index.isValid())
        return {};
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    return {index.data(UploadsModel::IdRole).value<UploadId>(),
            m_delegate->actionAt(position, option, index)};
}

void UploadsView::hover(const RowHit& hit)
{
    if (hit == m_hovered)
        return;
    m_hovered = hit;
    m_delegate->setHovered(hit);
    const bool onLink = hit.action != RowAction::None;
    viewport()->setCursor(onLink ? Qt::PointingHandCursor : Qt::ArrowCursor);
    viewport()->update();
}

void UploadsView::mouseMoveEvent(QMouseEvent* event)
{
    hover(hitAt(event->position().toPoint()));
    QListView::mouseMoveEvent(event);
}

void UploadsView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = {};
    const QPoint position = event->position().toPoint();
    const RowHit hit = hitAt(position);
    if (event->button() == Qt::LeftButton && hit.action != RowAction::None) {
        m_pressed = hit;
        // The menu is about the selection: a row outside of it becomes the selection.
        const QModelIndex index = indexAt(position);
        if (hit.action == RowAction::Menu && !selectionModel()->isSelected(index))
            selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
        return;
    }
    QListView::mousePressEvent(event);
}

void UploadsView::mouseReleaseEvent(QMouseEvent* event)
{
    const RowHit pressed = std::exchange(m_pressed, {});
    if (pressed.action == RowAction::None) {
        QListView::mouseReleaseEvent(event);
        return;
    }
    if (hitAt(event->position().toPoint()) != pressed)
        return;
    if (pressed.action == RowAction::Menu)
        Q_EMIT menuRequested(event->globalPosition().toPoint());
    else
        Q_EMIT actionTriggered(pressed.action, pressed.id);
}

void UploadsView::mouseDoubleClickEvent(QMouseEvent* event)
{
    // A quick second press on a link is a press on a link, not the row's default action.
    if (hitAt(event->position().toPoint()).action != RowAction::None)
        mousePressEvent(event);
    else
        QListView::mouseDoubleClickEvent(event);
}

void UploadsView::leaveEvent(QEvent* event)
{
    hover({});
    QListView::leaveEvent(event);
}

void UploadsView::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const QRect row = visualRect(currentIndex());
        Q_EMIT menuRequested(viewport()->mapToGlobal(row.isValid() ? row.center() : QPoint()));
        return;
    }
    if (indexAt(event->pos()).isValid())
        Q_EMIT menuRequested(event->globalPos());
}

void UploadsView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QListView::selectionChanged(selected, deselected);
    Q_EMIT selectionEdited();
}

} // namespace ChatApp
