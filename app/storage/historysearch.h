// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "storage/uploadrecord.h"

#include <QtCore/QStringList>
#include <QtCore/QVariant>

namespace ChatApp {

//! Conditions on the table `uploads`, to be joined with AND, and the values for their
//! placeholders in order.
struct SqlFilter {
    QStringList conditions;
    QVariantList values;

    void add(const QString& condition, const QVariantList& bound);
};

//! What a HistoryQuery asks for, without its paging: filters, and the search by one of three ways:
//! a URL is looked up exactly; one or two characters are a LIKE (a trigram index cannot know them);
//! the rest is a full text search for a part of name or error, or, if it has a slash as no file
//! name has, a whole object key.
SqlFilter historyFilter(const HistoryQuery& query);

} // namespace ChatApp
