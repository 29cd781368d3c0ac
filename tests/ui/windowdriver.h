// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "mainwindow.h"

#include <QtCore/QMimeData>
#include <QtGui/QDropEvent>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

namespace ChatApp {

//! Drags this over the window, as the windowing system would deliver it; true if it is wanted.
inline bool dragOver(QWidget& window, const QMimeData& dragged)
{
    QDragEnterEvent event(window.rect().center(), Qt::CopyAction, &dragged, Qt::LeftButton,
                          Qt::NoModifier);
    event.setAccepted(false);
    QApplication::sendEvent(&window, &event);
    return event.isAccepted();
}

//! Drags and lets go. False if the window did not want them.
inline bool drop(QWidget& window, const QList<QUrl>& urls)
{
    QMimeData dragged;
    dragged.setUrls(urls);
    if (!dragOver(window, dragged))
        return false;
    QDropEvent event(window.rect().center(), Qt::CopyAction, &dragged, Qt::LeftButton,
                     Qt::NoModifier);
    event.setAccepted(false);
    QApplication::sendEvent(&window, &event);
    return event.isAccepted();
}

//! The visible child of this class; null if there is none.
template <typename Widget>
Widget* visibleChild(const QWidget& parent)
{
    const QList<Widget*> all = parent.findChildren<Widget*>();
    for (Widget* widget : all) {
        if (widget->isVisible())
            return widget;
    }
    return nullptr;
}

//! The visible button whose text, without its mnemonic, starts with this.
template <typename Button>
Button* buttonStarting(const QWidget& parent, const QString& text)
{
    const QList<Button*> all = parent.findChildren<Button*>();
    for (Button* button : all) {
        if (button->isVisible() && button->text().remove(QLatin1Char('&')).startsWith(text))
            return button;
    }
    return nullptr;
}

} // namespace ChatApp
