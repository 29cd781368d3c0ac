// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "oss/ossregion.h"

#include <QtCore/QRegularExpression>

namespace ChatApp {

QString regionOfHost(const QByteArray& host)
{
    // <region> is letters and digits in at least two groups: "cn-hangzhou", "ap-southeast-1".
    static const QRegularExpression ordinary(QStringLiteral(
        R"(^(?:[a-z0-9-]+\.)?(?:s3\.|vpc100-)?oss-([a-z]+(?:-[a-z0-9]+)+?)(?:-internal)?\.aliyuncs\.com$)"));
    static const QRegularExpression dualStack(QStringLiteral(
        R"(^(?:[a-z0-9-]+\.)?([a-z]+(?:-[a-z0-9]+)+)\.oss(?:-internal)?\.aliyuncs\.com$)"));

    const QString name = QString::fromLatin1(host.toLower());
    QRegularExpressionMatch match = ordinary.match(name);
    if (!match.hasMatch())
        match = dualStack.match(name);
    const QString region = match.captured(1);
    return region.startsWith(QLatin1String("accelerate")) ? QString() : region;
}

} // namespace ChatApp
