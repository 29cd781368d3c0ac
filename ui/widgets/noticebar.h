// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tones.h"

#include <QtWidgets/QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
class QToolButton;
QT_END_NAMESPACE

namespace ChatApp {

//! A message inside of the page, above what it is about, with at most one thing to do about it. It
//! takes no focus and stays until it is closed or replaced.
class NoticeBar final : public QFrame {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);

    //! Without `action` there is no button. Shows the bar, and tells screen readers.
    void showNotice(Tone tone, const QString& text, const QString& action = {});
    QString text() const;

Q_SIGNALS:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString symbol() const;

    Tone m_tone = Tone::Neutral;
    QLabel* m_text;
    QPushButton* m_action;
    QToolButton* m_close;
};

} // namespace ChatApp
