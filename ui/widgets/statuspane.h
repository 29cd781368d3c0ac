// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QHBoxLayout;
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace ChatApp {

//! A calm page with a symbol, a title, a sentence and the ways on: for first run, empty lists and
//! when the program cannot start.
class StatusPane final : public QWidget {
    Q_OBJECT
public:
    explicit StatusPane(QWidget* parent = nullptr);

    void setSymbol(const QString& name);
    void setTexts(const QString& title, const QString& sentence);
    //! Small print below the buttons, selectable.
    void setReference(const QString& text);
    //! Takes ownership; buttons stand side by side in the order they were added.
    void addButton(QPushButton* button);

private:
    class Emblem;

    Emblem* m_emblem;
    QLabel* m_title;
    QLabel* m_sentence;
    QLabel* m_reference;
    QHBoxLayout* m_buttons;
};

} // namespace ChatApp
