// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/sidebar.h"

#include "symbols.h"
#include "tones.h"

#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtWidgets/QStyledItemDelegate>

namespace ChatApp {

namespace {

enum EntryRole { SymbolRole = Qt::UserRole, CountRole };

class EntryDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {0, option.fontMetrics.height() * 9 / 4};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const Tones tones(option.palette);
        const int unit = option.fontMetrics.height();
        const bool current = option.state & QStyle::State_Selected;
        const QRect body = option.rect.adjusted(unit / 2, 1, -unit / 2, -1);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(option.state & QStyle::State_HasFocus ? QPen(tones.accent)
                                                              : QPen(Qt::NoPen));
        if (current)
            painter->setBrush(tones.accentSoft);
        else if (option.state & QStyle::State_MouseOver)
            painter->setBrush(blended(tones.text, option.palette.color(QPalette::Window), 0.07));
        painter->drawRoundedRect(QRectF(body).adjusted(0.5, 0.5, -0.5, -0.5), unit / 3.0,
                                 unit / 3.0);

        const QColor ink =
            current ? tones.accent : option.palette.color(QPalette::Active, QPalette::WindowText);
        const int side = unit * 5 / 4;
        const QRect icon(body.left() + unit / 2, body.center().y() - side / 2 + 1, side, side);
        drawSymbol(*painter, QStyle::visualRect(option.direction, body, icon),
                   index.data(SymbolRole).toString(), ink);

        QFont font = option.font;
        font.setWeight(current ? QFont::DemiBold : QFont::Normal);
        painter->setFont(font);
        painter->setPen(ink);
        const QRect text(icon.right() + unit / 2, body.top(), body.right() - icon.right() - unit,
                         body.height());
        painter->drawText(QStyle::visualRect(option.direction, body, text),
                          static_cast<int>(QStyle::visualAlignment(
                              option.direction, Qt::AlignLeft | Qt::AlignVCenter)),
                          index.data(Qt::DisplayRole).toString());
        if (const int count = index.data(CountRole).toInt(); count > 0) {
            painter->setFont(option.font);
            painter->setPen(current ? tones.accent : tones.muted);
            painter->drawText(QStyle::visualRect(option.direction, body, text),
                              static_cast<int>(QStyle::visualAlignment(
                                  option.direction, Qt::AlignRight | Qt::AlignVCenter)),
                              QLocale().toString(count));
        }
        painter->restore();
    }
};

} // namespace

Sidebar::Sidebar(QWidget* parent) : QListWidget(parent)
{
    setItemDelegate(new EntryDelegate(this));
    setFrameShape(NoFrame);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Pages"));
    setAcceptDrops(false);
    viewport()->setBackgroundRole(QPalette::Window);
    addEntry(tr("Uploads"), QStringLiteral("nav-uploads"));
    addEntry(tr("History"), QStringLiteral("nav-history"));
    addEntry(tr("Accounts"), QStringLiteral("nav-accounts"));
    setUnfinished(0);
    setCurrentRow(0);
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            Q_EMIT pageChosen(static_cast<PageId>(row));
    });
    const int unit = fontMetrics().height();
    setViewportMargins(0, unit / 2, 0, 0);
}

void Sidebar::addEntry(const QString& text, const QString& symbol)
{
    auto* entry = new QListWidgetItem(text, this);
    entry->setData(SymbolRole, symbol);
}

PageId Sidebar::currentPage() const
{
    return static_cast<PageId>(std::max(0, currentRow()));
}

void Sidebar::setCurrentPage(PageId page)
{
    setCurrentRow(static_cast<int>(page));
}

void Sidebar::setUnfinished(int count)
{
    if (count == m_unfinished)
        return;
    m_unfinished = count;
    QListWidgetItem* uploads = item(static_cast<int>(PageId::Uploads));
    uploads->setData(CountRole, count);
    uploads->setData(Qt::AccessibleTextRole,
                     count > 0 ? tr("Uploads, %n unfinished", nullptr, count) : tr("Uploads"));
}

QSize Sidebar::sizeHint() const
{
    constexpr int widthInLines = 11;
    return {fontMetrics().height() * widthInLines, 0};
}

QSize Sidebar::minimumSizeHint() const
{
    return {sizeHint().width(), fontMetrics().height() * 8};
}

} // namespace ChatApp
