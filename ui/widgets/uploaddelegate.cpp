// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/uploaddelegate.h"

#include "errortexts.h"
#include "filekinds.h"
#include "formats.h"
#include "models/uploadsmodel.h"
#include "symbols.h"
#include "widgets/uploadrowlayout.h"

#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

namespace ChatApp {

namespace {

//! What one call of paint() works with.
struct Brush {
    QPainter& painter;
    const QStyleOptionViewItem& option;
    const UploadSnapshot& upload;
    const StateWords& words;
    const UploadRowLayout& layout;
    const Tones& tones;
};

void drawLine(const Brush& b, const QRect& rect, const QFont& font, const QColor& color,
              const QString& text, Qt::Alignment alignment, Qt::TextElideMode elide)
{
    if (rect.width() <= 0)
        return;
    b.painter.setFont(font);
    b.painter.setPen(color);
    const QString shown = QFontMetrics(font).elidedText(text, elide, rect.width());
    const Qt::Alignment visual =
        QStyle::visualAlignment(b.option.direction, alignment | Qt::AlignVCenter);
    b.painter.drawText(rect, static_cast<int>(visual | Qt::TextSingleLine), shown);
}

void drawBackground(const Brush& b)
{
    const QRect& rect = b.option.rect;
    if (b.option.state & QStyle::State_Selected)
        b.painter.fillRect(rect, b.tones.accentSoft);
    else if (b.option.state & QStyle::State_MouseOver)
        b.painter.fillRect(rect, b.tones.hoverSoft);
    b.painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), b.tones.separator);
    if (b.option.state & QStyle::State_HasFocus) {
        b.painter.setPen(QPen(b.tones.accent, 1));
        b.painter.setBrush(Qt::NoBrush);
        b.painter.drawRect(rect.adjusted(0, 0, -1, -2));
        const QRect mark(rect.left(), rect.top(), 3, rect.height() - 1);
        b.painter.fillRect(QStyle::visualRect(b.option.direction, rect, mark), b.tones.accent);
    }
}

void drawTile(const Brush& b)
{
    const FileKind kind = fileKind(b.upload.record.name);
    const bool dark = isDark(b.option.palette);
    const QColor ground = QColor::fromHsl(kind.hue, dark ? 70 : 120, dark ? 62 : 228);
    const QColor ink =
        withContrast(QColor::fromHsl(kind.hue, dark ? 120 : 130, dark ? 190 : 90), ground, 4.5);
    const double radius = b.layout.tile.height() * 0.16;
    b.painter.setPen(Qt::NoPen);
    b.painter.setBrush(ground);
    b.painter.drawRoundedRect(b.layout.tile, radius, radius);
    if (kind.badge.isEmpty()) {
        const double inset = b.layout.tile.height() * 0.24;
        drawSymbol(b.painter, QRectF(b.layout.tile).adjusted(inset, inset, -inset, -inset),
                   kind.symbol, ink);
        return;
    }
    QFont font = UploadRowLayout::nameFont(b.option.font);
    font.setPixelSize(qRound(b.layout.tile.height() * (kind.badge.size() > 3 ? 0.25 : 0.29)));
    b.painter.setFont(font);
    b.painter.setPen(ink);
    b.painter.drawText(b.layout.tile, Qt::AlignCenter, kind.badge);
}

void drawBar(const Brush& b, const QRect& line)
{
    const int height = std::max(4, line.height() / 3);
    const QRectF bar(line.left(), line.center().y() - height / 2.0 + 1, line.width(), height);
    b.painter.setPen(Qt::NoPen);
    b.painter.setBrush(b.tones.track);
    b.painter.drawRoundedRect(bar, height / 2.0, height / 2.0);
    QRectF filled = bar;
    filled.setWidth(bar.width() * progressPercent(b.upload) / 100.0);
    if (filled.width() < 1)
        return;
    if (b.option.direction == Qt::RightToLeft)
        filled.moveRight(bar.right());
    b.painter.setBrush(isRunning(b.upload.record.state) ? b.tones.accent : b.tones.muted);
    b.painter.drawRoundedRect(filled, height / 2.0, height / 2.0);
}

void drawTexts(const Brush& b)
{
    const UploadRecord& record = b.upload.record;
    const QFont small = UploadRowLayout::smallFont(b.option.font);
    drawLine(b, b.layout.name, UploadRowLayout::nameFont(b.option.font), b.tones.text,
             singleLine(record.name), Qt::AlignLeft, Qt::ElideMiddle);

    const QString size = formatSize(record.identity.size);
    const bool failed = record.state == UploadState::Failed && record.error;
    drawLine(b, b.layout.second, small, failed ? b.tones.text : b.tones.muted,
             failed ? errorWords(*record.error).nextStep
                    : size + QStringLiteral(" · ") + targetTitle(record.target),
             Qt::AlignLeft, Qt::ElideRight);
    if (b.layout.third.isEmpty())
        return;
    if (failed) {
        const QString reference = errorReference(*record.error);
        drawLine(b, b.layout.third, small, b.tones.muted,
                 reference.isEmpty() ? size : size + QStringLiteral(" · ") + reference,
                 Qt::AlignLeft, Qt::ElideRight);
    } else if (record.state == UploadState::Done) {
        drawLine(b, b.layout.third, small, b.tones.accent, record.url, Qt::AlignLeft,
                 Qt::ElideMiddle);
    } else {
        drawBar(b, b.layout.third);
    }
}

void drawState(const Brush& b, const RowHit& hovered)
{
    const QColor color = b.tones.of(b.words.tone);
    drawSymbol(b.painter, b.layout.stateSymbol, b.words.symbol, color);
    drawLine(b, b.layout.state, b.option.font, color, b.words.text, Qt::AlignLeft, Qt::ElideRight);

    QFont small = UploadRowLayout::smallFont(b.option.font);
    if (!b.layout.detail.isEmpty())
        drawLine(b, b.layout.detail, small, b.tones.muted, b.words.detail, Qt::AlignRight,
                 Qt::ElideRight);
    for (const RowLink& link : b.layout.links) {
        small.setUnderline(hovered == RowHit{b.upload.record.id, link.action});
        drawLine(b, link.rect.adjusted(-1, 0, 1, 0), small, b.tones.accent, link.label,
                 Qt::AlignHCenter, Qt::ElideNone);
    }
    small.setUnderline(false);
    const int gap = QFontMetrics(small).horizontalAdvance(QStringLiteral(" · "));
    for (int i = 1; i < b.layout.links.size(); ++i) {
        const QRect& next = b.layout.links.at(i).rect;
        const bool mirrored = b.option.direction == Qt::RightToLeft;
        const QRect dot(mirrored ? next.right() + 1 : next.left() - gap, next.top(), gap,
                        next.height());
        drawLine(b, dot, small, b.tones.muted, QStringLiteral("·"), Qt::AlignHCenter,
                 Qt::ElideNone);
    }
}

void drawButtons(const Brush& b, const RowHit& hovered)
{
    const auto button = [&](const QRect& rect, const QString& symbol, bool hot) {
        const double inset = rect.height() * 0.24;
        if (hot) {
            b.painter.setPen(Qt::NoPen);
            b.painter.setBrush(blended(b.tones.text, b.option.palette.color(QPalette::Base), 0.12));
            b.painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4);
        }
        drawSymbol(b.painter, QRectF(rect).adjusted(inset, inset, -inset, -inset), symbol,
                   hot ? b.tones.text : b.tones.muted);
    };
    const UploadId id = b.upload.record.id;
    if (quickAction(b.upload.record.state) != RowAction::None)
        button(b.layout.quick, QStringLiteral("close"),
               hovered.id == id
                   && (hovered.action == RowAction::Remove || hovered.action == RowAction::Cancel));
    button(b.layout.more, QStringLiteral("more"), hovered == RowHit{id, RowAction::Menu});
}

} // namespace

QList<RowAction> rowLinks(const UploadRecord& record)
{
    switch (record.state) {
    case UploadState::Done:
        return {RowAction::CopyLink, RowAction::OpenLink};
    case UploadState::Cancelled:
        return {RowAction::Retry};
    case UploadState::Failed:
        if (record.error && isPermissionProblem(*record.error))
            return {RowAction::Retry, RowAction::CopyDetails, RowAction::CopyPolicy};
        return {RowAction::Retry, RowAction::CopyDetails};
    default:
        return {};
    }
}

RowAction quickAction(UploadState state)
{
    if (state == UploadState::Cancelling)
        return RowAction::None;
    return isRunning(state) ? RowAction::Cancel : RowAction::Remove;
}

QSize UploadDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {0, UploadRowLayout::rowHeight(option.font)};
}

void UploadDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const
{
    const auto upload = index.data(UploadsModel::SnapshotRole).value<UploadSnapshot>();
    const StateWords words = stateWords(upload, QDateTime::currentDateTimeUtc());
    const UploadRowLayout layout(option, upload, words);
    const Tones tones(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setLayoutDirection(option.direction);
    const Brush brush{*painter, option, upload, words, layout, tones};
    drawBackground(brush);
    drawTile(brush);
    drawTexts(brush);
    drawState(brush, m_hovered);
    drawButtons(brush, m_hovered);
    painter->restore();
}

RowAction UploadDelegate::actionAt(const QPoint& position, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const
{
    const auto upload = index.data(UploadsModel::SnapshotRole).value<UploadSnapshot>();
    const StateWords words = stateWords(upload, QDateTime::currentDateTimeUtc());
    const RowAction action = UploadRowLayout(option, upload, words).actionAt(position);
    return action == RowAction::Remove ? quickAction(upload.record.state) : action;
}

} // namespace ChatApp
