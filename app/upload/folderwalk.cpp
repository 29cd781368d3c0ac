// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "upload/folderwalk.h"

#include "core/printabletext.h"

#include <QtCore/QFile>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ChatApp {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

//! The run of digits at `from`, without its leading zeros; moves `from` behind it.
std::string_view takeNumber(std::string_view text, size_t& from)
{
    while (from < text.size() && text[from] == '0')
        ++from;
    const size_t first = from;
    while (from < text.size() && isDigit(text[from]))
        ++from;
    return text.substr(first, from - first);
}

//! Below 0, 0 or above: numbers by their value, all else by its bytes.
int compareNaturally(std::string_view a, std::string_view b)
{
    size_t i = 0;
    size_t j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            const std::string_view left = takeNumber(a, i);
            const std::string_view right = takeNumber(b, j);
            if (left.size() != right.size())
                return left.size() < right.size() ? -1 : 1;
            if (const int order = left.compare(right); order != 0)
                return order;
            continue;
        }
        const auto left = static_cast<unsigned char>(a[i++]);
        const auto right = static_cast<unsigned char>(b[j++]);
        if (left != right)
            return left < right ? -1 : 1;
    }
    return a.substr(i).compare(b.substr(j));
}

bool comesBefore(const std::string& a, const std::string& b)
{
    const int order = compareNaturally(a, b);
    return order != 0 ? order < 0 : a < b; // "01" and "1"
}

bool isLeftOut(const char* name)
{
    static constexpr std::array leftBehind{"Thumbs.db", "ehthumbs.db", "desktop.ini"};
    return name[0] == '.' || std::any_of(leftBehind.begin(), leftBehind.end(), [name](auto known) {
               return std::strcmp(known, name) == 0;
           });
}

QString withoutSlashAtEnd(QString path)
{
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    return path;
}

QString whatItIs(mode_t mode)
{
    if (S_ISFIFO(mode))
        return QStringLiteral("is a pipe, not a file");
    if (S_ISSOCK(mode))
        return QStringLiteral("is a socket, not a file");
    return QStringLiteral("is a device, not a file");
}

//! An open folder that closes itself.
class Directory {
public:
    explicit Directory(const QString& path)
    {
        // By its whole path: a descriptor for every level would set a limit to the depth.
        const QByteArray native = path.isEmpty() ? QByteArray("/") : QFile::encodeName(path);
        const int descriptor =
            ::open(native.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY);
        m_stream = descriptor < 0 ? nullptr : ::fdopendir(descriptor);
        m_errno = errno;
        if (descriptor >= 0 && m_stream == nullptr)
            ::close(descriptor);
    }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    ~Directory()
    {
        if (m_stream != nullptr)
            ::closedir(m_stream);
    }
    DIR* stream() const { return m_stream; } //!< null: not opened
    int problem() const { return m_errno; }

private:
    DIR* m_stream = nullptr;
    int m_errno = 0;
};

} // namespace

FolderWalk::FolderWalk(const QString& folder, StopFlag stop)
    : m_top(withoutSlashAtEnd(folder))
    , m_stop(std::move(stop))
{
}

FolderWalk::Portion FolderWalk::next(qsizetype most)
{
    Portion portion;
    while (portion.files.size() + portion.skipped.size() < most && !stopped()) {
        if (!m_skipped.isEmpty()) {
            portion.skipped.append(m_skipped.takeFirst());
        } else if (!m_begun) {
            m_begun = true;
            enter(m_top);
        } else if (!m_levels.empty()) {
            step(portion.files);
        } else {
            break;
        }
    }
    portion.finished = stopped() || (m_begun && m_levels.empty() && m_skipped.isEmpty());
    return portion;
}

void FolderWalk::step(QStringList& files)
{
    Level& level = m_levels.back();
    const auto pathOf = [&level](const std::string& name) {
        return level.path + QLatin1Char('/') + QString::fromStdString(name);
    };
    if (level.nextFile < level.files.size())
        files.append(pathOf(level.files.at(level.nextFile++)));
    else if (level.nextFolder < level.folders.size())
        enter(pathOf(level.folders.at(level.nextFolder++)));
    else
        m_levels.pop_back();
}

void FolderWalk::enter(const QString& path)
{
    const Directory directory(path);
    if (directory.stream() == nullptr) {
        skipForErrno(path, directory.problem());
        return;
    }
    Level level;
    level.path = path;
    const int descriptor = ::dirfd(directory.stream());
    if (!admit(descriptor, level))
        return;
    while (!stopped()) {
        errno = 0;
        const dirent* entry = ::readdir(directory.stream());
        if (entry == nullptr) {
            if (errno != 0)
                skipForErrno(path, errno);
            break;
        }
        if (!isLeftOut(entry->d_name))
            sortIn(descriptor, entry->d_name, entry->d_type, level);
    }
    std::sort(level.files.begin(), level.files.end(), comesBefore);
    std::sort(level.folders.begin(), level.folders.end(), comesBefore);
    m_levels.push_back(std::move(level));
}

bool FolderWalk::admit(int descriptor, Level& level)
{
    struct stat status { };
    if (::fstat(descriptor, &status) != 0) {
        skipForErrno(level.path, errno);
        return false;
    }
    level.identity = {status.st_dev, status.st_ino};
    if (m_entered.insert(level.identity).second)
        return true;
    const bool isLoop = std::any_of(m_levels.begin(), m_levels.end(), [&level](const Level& above) {
        return above.identity == level.identity;
    });
    skip(level.path, ErrorKind::FileNotRegular,
         isLoop ? QStringLiteral("leads back to a folder that it is in (a loop)")
                : QStringLiteral("is a folder that was looked through already"));
    return false;
}

void FolderWalk::sortIn(int descriptor, const char* name, unsigned char type, Level& level)
{
    const QByteArray bytes(name);
    const QString path = level.path + QLatin1Char('/');
    if (!exactUtf8(bytes)) {
        skip(path + printableText(bytes), ErrorKind::FileNameNotUtf8,
             QStringLiteral("the name is not UTF-8"));
    } else if (type == DT_REG) {
        level.files.emplace_back(name);
    } else if (type == DT_DIR) {
        level.folders.emplace_back(name);
    } else {
        sortByStatus(descriptor, name, path + QString::fromUtf8(bytes), level);
    }
}

void FolderWalk::sortByStatus(int descriptor, const char* name, const QString& path, Level& level)
{
    struct stat status { };
    if (::fstatat(descriptor, name, &status, 0) != 0)
        skipForErrno(path, errno);
    else if (S_ISREG(status.st_mode))
        level.files.emplace_back(name);
    else if (S_ISDIR(status.st_mode))
        level.folders.emplace_back(name);
    else
        skip(path, ErrorKind::FileNotRegular, whatItIs(status.st_mode));
}

void FolderWalk::skip(const QString& path, ErrorKind kind, const QString& why)
{
    m_skipped.append({path, Error{.kind = kind, .message = path + QLatin1String(": ") + why}});
}

void FolderWalk::skipForErrno(const QString& path, int number)
{
    if (number == ELOOP) {
        skip(path, ErrorKind::FileNotRegular,
             QStringLiteral("is a link that leads back to itself (a loop)"));
    } else if (number == ENOENT || number == ENOTDIR) {
        skip(path, ErrorKind::FileMissing,
             QStringLiteral("is a link to nothing, or has gone meanwhile"));
    } else {
        skip(path, ErrorKind::FileUnreadable, QString::fromLocal8Bit(std::strerror(number)));
    }
}

} // namespace ChatApp
