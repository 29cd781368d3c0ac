// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "cams/jsonfields.h"

namespace ChatApp {

QJsonValue fieldOf(const QJsonObject& object, const char* name)
{
    const QLatin1String wanted(name);
    QJsonValue exact = object.value(wanted);
    if (!exact.isUndefined())
        return exact;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key().compare(wanted, Qt::CaseInsensitive) == 0)
            return it.value();
    }
    return QJsonValue(QJsonValue::Undefined);
}

} // namespace ChatApp
