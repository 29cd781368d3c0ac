// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tones.h"

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace ChatApp {

//! A symbol and a sentence beside it, in the colour of what they mean.
class StatusLine final : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);

    void showStatus(const QString& symbol, const QString& text, Tone tone);
    void clear();
    QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyColor();

    QString m_symbol;
    Tone m_tone = Tone::Neutral;
    QLabel* m_text;
};

} // namespace ChatApp
