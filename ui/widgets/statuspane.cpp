// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/statuspane.h"

#include "symbols.h"
#include "tones.h"
#include "widgets/mutedlabel.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace ChatApp {

//! The symbol on a soft tile, or the program's icon if no symbol is set.
class StatusPane::Emblem final : public QWidget {
public:
    explicit Emblem(QWidget* parent) : QWidget(parent)
    {
        const int side = fontMetrics().height() * 11 / 2;
        setFixedSize(side, side);
    }

    void setSymbol(const QString& name)
    {
        m_symbol = name;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (m_symbol.isEmpty()) {
            applicationIcon().paint(&painter, rect());
            return;
        }
        const Tones tones(palette());
        painter.setPen(Qt::NoPen);
        painter.setBrush(tones.accentSoft);
        painter.drawRoundedRect(rect(), width() * 0.22, width() * 0.22);
        const int inset = width() / 4;
        drawSymbol(painter, rect().adjusted(inset, inset, -inset, -inset), m_symbol, tones.accent);
    }

private:
    QString m_symbol;
};

StatusPane::StatusPane(QWidget* parent)
    : QWidget(parent)
    , m_emblem(new Emblem(this))
    , m_title(new QLabel)
    , m_sentence(new MutedLabel)
    , m_reference(new MutedLabel)
    , m_buttons(new QHBoxLayout)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    const int unit = fontMetrics().height();

    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    for (QLabel* label : {m_title, m_sentence, m_reference}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_reference->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_reference->hide();
    m_buttons->setSpacing(unit * 2 / 3);
    m_buttons->addStretch();
    m_buttons->addStretch();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(unit * 2, unit * 2, unit * 2, unit * 2);
    column->addStretch(4);
    column->addWidget(m_emblem, 0, Qt::AlignHCenter);
    column->addSpacing(unit * 5 / 4);
    column->addWidget(m_title);
    column->addSpacing(unit / 2);
    column->addWidget(m_sentence);
    column->addSpacing(unit * 5 / 4);
    column->addLayout(m_buttons);
    column->addSpacing(unit);
    column->addWidget(m_reference);
    column->addStretch(5);
}

void StatusPane::setSymbol(const QString& name)
{
    m_emblem->setSymbol(name);
}

void StatusPane::setTexts(const QString& title, const QString& sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

void StatusPane::setReference(const QString& text)
{
    m_reference->setText(text);
    m_reference->setVisible(!text.isEmpty());
}

void StatusPane::addButton(QPushButton* button)
{
    const int unit = fontMetrics().height();
    button->setMinimumSize(button->sizeHint().width() + unit, unit * 9 / 4);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
}

} // namespace ChatApp
