// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>
#include <QtGui/QColor>
#include <QtGui/QIcon>

QT_BEGIN_NAMESPACE
class QPainter;
class QRectF;
QT_END_NAMESPACE

namespace ChatApp {

//! The program's own line icons (resources/icons), drawn in the colour of the text around them.

//! Loads the resources; call once before the first icon is drawn.
void initializeSymbols();
//! An icon that takes its colour from the application's palette each time it is drawn.
QIcon symbolIcon(const QString& name);
//! Draws a symbol in one colour. Symbols that point are not mirrored: none of them does sideways.
void drawSymbol(QPainter& painter, const QRectF& rect, const QString& name, const QColor& color);
//! The program's icon.
QIcon applicationIcon();

} // namespace ChatApp
