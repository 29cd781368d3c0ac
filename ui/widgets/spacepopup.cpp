// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/spacepopup.h"

#include "symbols.h"
#include "tones.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtGui/QScreen>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QVBoxLayout>

namespace ChatApp {

namespace {

//! Account and space on the first line, the id on the second.
class SpaceDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {0, option.fontMetrics.height() * 11 / 4};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const Tones tones(option.palette);
        const int unit = option.fontMetrics.height();
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, tones.accentSoft);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, tones.hoverSoft);
        const QRect body = option.rect.adjusted(unit * 2 / 3, unit / 4, -unit * 2 / 3, -unit / 4);
        const QRect upper(body.left(), body.top(), body.width(), body.height() / 2);
        const QRect lower(body.left(), upper.bottom() + 1, body.width(), body.height() / 2);
        const auto alignment = static_cast<int>(
            QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter));
        painter->setPen(tones.text);
        painter->drawText(
            upper, alignment,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, upper.width()));
        painter->setPen(tones.muted);
        painter->drawText(
            lower, alignment,
            option.fontMetrics.elidedText(index.data(SpacesModel::SpaceIdRole).toString(),
                                          Qt::ElideMiddle, lower.width()));
        painter->restore();
    }
};

} // namespace

SpacePopup::SpacePopup(SpacesModel& model, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_model(model)
    , m_proxy(new QSortFilterProxyModel(this))
    , m_filter(new QLineEdit)
    , m_list(new QListView)
    , m_nothing(new QLabel(tr("No space fits what you typed.")))
    , m_enterId(new QPushButton(tr("&Enter a space ID…")))
    , m_manage(new QPushButton(tr("&Manage…")))
{
    setFrameShape(StyledPanel);
    setAccessibleName(tr("Choose a space"));
    m_proxy->setSourceModel(&model);
    m_proxy->setFilterRole(SpacesModel::SearchRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_proxy);
    m_list->setItemDelegate(new SpaceDelegate(m_list));
    buildLayout();

    connect(m_filter, &QLineEdit::textChanged, this, &SpacePopup::filter);
    connect(m_filter, &QLineEdit::returnPressed, this, [this] { choose(m_list->currentIndex()); });
    connect(m_list, &QListView::clicked, this, &SpacePopup::choose);
    connect(m_list, &QListView::activated, this, &SpacePopup::choose);
    connect(m_enterId, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT enterIdRequested(m_proxy->rowCount() == 0 ? m_filter->text().trimmed() : QString());
    });
    connect(m_manage, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT manageRequested();
    });
}

void SpacePopup::buildLayout()
{
    const int unit = fontMetrics().height();
    m_filter->setPlaceholderText(tr("Type to filter"));
    m_filter->setAccessibleName(tr("Filter spaces"));
    m_filter->addAction(symbolIcon(QStringLiteral("search")), QLineEdit::LeadingPosition)
        ->setText(tr("Search"));
    m_filter->installEventFilter(this);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Spaces, most recently used first"));
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(unit / 2);
    m_nothing->hide();

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_enterId);
    buttons->addStretch();
    buttons->addWidget(m_manage);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(unit / 2, unit / 2, unit / 2, unit / 2);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_nothing);
    layout->addLayout(buttons);
}

void SpacePopup::popUp(QWidget& anchor, int row)
{
    m_filter->clear();
    m_list->setCurrentIndex(m_proxy->mapFromSource(m_model.index(std::max(0, row))));
    m_nothing->setText(m_model.rowCount() == 0 ? tr("No spaces yet: enter the ID of one.")
                                               : tr("No space fits what you typed."));
    filter({});

    constexpr int mostRows = 8;
    const int unit = fontMetrics().height();
    const int rows = std::clamp(m_model.rowCount(), 1, mostRows);
    const int height = unit * 6 + rows * unit * 11 / 4;
    const int width = std::max(anchor.width(), unit * 26);
    const bool mirrored = anchor.layoutDirection() == Qt::RightToLeft;
    QPoint place =
        anchor.mapToGlobal(QPoint(mirrored ? anchor.width() - width : 0, anchor.height() + 2));
    const QRect screen = anchor.screen()->availableGeometry();
    place.setX(
        std::clamp(place.x(), screen.left(), std::max(screen.left(), screen.right() - width)));
    setGeometry(QRect(place, QSize(width, height)));
    show();
    m_filter->setFocus(Qt::PopupFocusReason);
}

void SpacePopup::filter(const QString& text)
{
    m_proxy->setFilterFixedString(text.trimmed());
    const bool any = m_proxy->rowCount() > 0;
    if (any && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_proxy->index(0, 0));
    m_list->setVisible(any);
    m_nothing->setVisible(!any);
}

void SpacePopup::choose(const QModelIndex& proxyIndex)
{
    if (!proxyIndex.isValid())
        return;
    hide();
    Q_EMIT chosen(m_proxy->mapToSource(proxyIndex).row());
}

bool SpacePopup::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const int row = m_list->currentIndex().row();
        int wanted = 0;
        if (key->key() == Qt::Key_Down)
            wanted = std::min(row + 1, m_proxy->rowCount() - 1);
        else if (key->key() == Qt::Key_Up)
            wanted = std::max(row - 1, 0);
        else
            return QFrame::eventFilter(watched, event);
        m_list->setCurrentIndex(m_proxy->index(wanted, 0));
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace ChatApp
