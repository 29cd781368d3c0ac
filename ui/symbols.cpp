// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "symbols.h"

#include <QtGui/QGuiApplication>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPalette>
#include <QtGui/QPixmapCache>
#include <QtSvg/QSvgRenderer>

// Q_INIT_RESOURCE has to be named outside of any namespace.
static void loadIconResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace ChatApp {

namespace {

QString symbolFile(const QString& name)
{
    return QStringLiteral(":/icons/%1.svg").arg(name);
}

//! A symbol in one colour, `size` in device pixels; rendered once and kept in QPixmapCache.
QPixmap symbolPixmap(const QString& name, const QSize& size, const QColor& color)
{
    const QString cacheKey = QStringLiteral("chatapp/%1/%2x%3/%4")
                                 .arg(name)
                                 .arg(size.width())
                                 .arg(size.height())
                                 .arg(color.rgba(), 8, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(cacheKey, &pixmap))
        return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QSvgRenderer(symbolFile(name)).render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), color);
    painter.end();
    QPixmapCache::insert(cacheKey, pixmap);
    return pixmap;
}

//! Asks the palette for the colour at drawing time, so that a change of theme needs no reload.
class SymbolEngine final : public QIconEngine {
public:
    explicit SymbolEngine(QString name) : m_name(std::move(name)) { }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        drawSymbol(*painter, rect, m_name, color(mode));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return symbolPixmap(m_name, size, color(mode));
    }
    QIconEngine* clone() const override { return new SymbolEngine(m_name); }

private:
    static QColor color(QIcon::Mode mode)
    {
        const QPalette palette = QGuiApplication::palette();
        switch (mode) {
        case QIcon::Disabled:
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        case QIcon::Selected:
            return palette.color(QPalette::HighlightedText);
        default:
            return palette.color(QPalette::ButtonText);
        }
    }

    QString m_name;
};

} // namespace

void initializeSymbols()
{
    loadIconResources();
}

QIcon symbolIcon(const QString& name)
{
    return QIcon(new SymbolEngine(name));
}

void drawSymbol(QPainter& painter, const QRectF& rect, const QString& name, const QColor& color)
{
    // Whole device pixels: lines of one and a half pixels do not bear being moved by half of one.
    const double ratio = painter.device()->devicePixelRatioF();
    const QRect pixels(qRound(rect.x() * ratio), qRound(rect.y() * ratio),
                       qRound(rect.width() * ratio), qRound(rect.height() * ratio));
    if (pixels.isEmpty())
        return;
    const QRectF place(pixels.x() / ratio, pixels.y() / ratio, pixels.width() / ratio,
                       pixels.height() / ratio);
    painter.drawPixmap(place, symbolPixmap(name, pixels.size(), color),
                       QRectF(QPointF(), pixels.size()));
}

QIcon applicationIcon()
{
    return QIcon(QStringLiteral(":/icons/io.github.chatappuploader.ChatAppUploader.svg"));
}

} // namespace ChatApp
