// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGui/QColor>
#include <QtGui/QPalette>

namespace ChatApp {

//! What a colour means. Colour never stands alone: an icon and words say the same.
enum class Tone { Neutral, Muted, Accent, Success, Warning, Danger };

//! Colours that the palette has no role for, derived from it so that they can be read on its Base
//! in light and dark alike (contrast of at least 4.5 to 1 for text).
struct Tones {
    explicit Tones(const QPalette& palette);

    QColor text; //!< Neutral
    QColor muted;
    QColor accent;
    QColor success;
    QColor warning;
    QColor danger;
    QColor accentSoft; //!< behind a selected row
    QColor hoverSoft; //!< behind the row under the pointer
    QColor separator;
    QColor track; //!< the empty part of a bar

    QColor of(Tone tone) const;
};

//! Contrast ratio of WCAG 2, 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);
//! `color` with its lightness moved until it stands out from `background`.
QColor withContrast(const QColor& color, const QColor& background, double ratio);
//! `share` of `top` over `bottom`, 0 to 1.
QColor blended(const QColor& top, const QColor& bottom, double share);
bool isDark(const QPalette& palette);

} // namespace ChatApp
