// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "tones.h"

#include <algorithm>
#include <cmath>

namespace ChatApp {

namespace {

constexpr double readable = 4.5;

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

} // namespace

double contrastRatio(const QColor& a, const QColor& b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor withContrast(const QColor& color, const QColor& background, double ratio)
{
    constexpr float step = 0.02F;
    const bool lighten = luminance(background) < 0.18;
    QColor result = color.toHsl();
    float lightness = result.lightnessF();
    while (contrastRatio(result, background) < ratio && lightness > 0 && lightness < 1) {
        lightness = std::clamp(lightness + (lighten ? step : -step), 0.0F, 1.0F);
        result.setHslF(std::max(0.0F, result.hslHueF()), result.hslSaturationF(), lightness);
    }
    return result.toRgb();
}

QColor blended(const QColor& top, const QColor& bottom, double share)
{
    const auto mix = [share](float a, float b) {
        return static_cast<float>(a * share + b * (1 - share));
    };
    return QColor::fromRgbF(mix(top.redF(), bottom.redF()), mix(top.greenF(), bottom.greenF()),
                            mix(top.blueF(), bottom.blueF()));
}

bool isDark(const QPalette& palette)
{
    return luminance(palette.color(QPalette::Base)) < luminance(palette.color(QPalette::Text));
}

Tones::Tones(const QPalette& palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor highlight = palette.color(QPalette::Highlight);
    text = palette.color(QPalette::Text);
    accentSoft = blended(highlight, base, isDark(palette) ? 0.30 : 0.14);
    hoverSoft = blended(text, base, 0.045);
    // The soft accent is the least favourable ground that text stands on.
    const auto legible = [&](const QColor& color) {
        return withContrast(withContrast(color, base, readable), accentSoft, readable);
    };
    muted = legible(blended(text, base, 0.62));
    accent = legible(highlight);
    success = legible(QColor::fromHsl(145, 140, 90));
    warning = legible(QColor::fromHsl(34, 200, 90));
    danger = legible(QColor::fromHsl(2, 170, 110));
    separator = blended(text, base, 0.14);
    track = blended(text, base, 0.12);
}

QColor Tones::of(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral:
        return text;
    case Tone::Muted:
        return muted;
    case Tone::Accent:
        return accent;
    case Tone::Success:
        return success;
    case Tone::Warning:
        return warning;
    case Tone::Danger:
        return danger;
    }
    return text;
}

} // namespace ChatApp
