// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

// Renders the window's pages and states into PNG files, to be looked at: light and dark, large,
// right-to-left, Chinese, empty, full. Not a test: `screens <folder> [<part of a name>]`.

#include "dialogs/accountdialog.h"
#include "mainwindow.h"
#include "symbols.h"
#include "translations.h"
#include "uifakes.h"
#include "widgets/dropoverlay.h"
#include "widgets/spacepicker.h"
#include "widgets/uploadsview.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QMimeData>
#include <QtGui/QClipboard>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QPainter>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStyleFactory>
#include <QtWidgets/QTableView>

#include <cstdio>

using namespace ChatApp;

namespace {

QPalette darkPalette()
{
    QPalette palette(QColor(0x1d, 0x1f, 0x23), QColor(0x1d, 0x1f, 0x23));
    const QColor text(0xe6, 0xe6, 0xe6);
    palette.setColor(QPalette::Window, QColor(0x1d, 0x1f, 0x23));
    palette.setColor(QPalette::Base, QColor(0x26, 0x29, 0x2e));
    palette.setColor(QPalette::AlternateBase, QColor(0x2b, 0x2e, 0x34));
    palette.setColor(QPalette::Button, QColor(0x33, 0x37, 0x3d));
    palette.setColor(QPalette::ToolTipBase, QColor(0x33, 0x37, 0x3d));
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, text);
    palette.setColor(QPalette::PlaceholderText, QColor(0x9a, 0x9d, 0xa3));
    palette.setColor(QPalette::Highlight, QColor(0x2f, 0x6f, 0xd8));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(0x77, 0x7a, 0x80));
    return palette;
}

QList<UploadSnapshot> exampleUploads()
{
    QList<UploadSnapshot> uploads;
    const auto add = [&](UploadState state, const QString& name, qint64 size, double share = 0) {
        UploadSnapshot upload = makeUpload(uploads.size() + 1, state, name, size);
        upload.bytesSent = static_cast<qint64>(static_cast<double>(size) * share);
        if (share > 0)
            upload.bytesPerSecond = 4.2e6;
        uploads.append(upload);
        return uploads.size() - 1;
    };
    const auto sending =
        add(UploadState::Putting, QStringLiteral("spring-campaign.mp4"), 11'800'000, 0.62);
    uploads[sending].timeLeft = std::chrono::seconds(2);
    add(UploadState::Verifying, QStringLiteral("新品海报 01.png"), 1'400'000, 1.0);
    add(UploadState::Authorizing, QStringLiteral("price-list-2026.pdf"), 3'100'000);
    const auto waiting = add(UploadState::Waiting, QStringLiteral("unboxing.mov"), 38'000'000);
    uploads[waiting].waitingFor = Error{.kind = ErrorKind::Throttled};
    uploads[waiting].waitingUntil = QDateTime::currentDateTimeUtc().addSecs(4);
    add(UploadState::Staged, QStringLiteral("banner-wide.jpg"), 5'200'000);
    add(UploadState::Staged, QStringLiteral("logo.webp"), 84'000);
    const auto open = add(UploadState::Done, QStringLiteral("welcome.ogg"), 212'000);
    uploads[open].record.link = LinkState::Open;
    add(UploadState::Failed, QStringLiteral("terms.docx"), 96'000);
    const auto tls = add(UploadState::Failed, QStringLiteral("catalogue.zip"), 9'600'000);
    uploads[tls].record.error = Error{.kind = ErrorKind::Tls};
    add(UploadState::Cancelled, QStringLiteral("promo-02.mp4"), 15'100'000);
    return uploads;
}

TransferTotals exampleTotals()
{
    TransferTotals totals;
    totals.files = 12;
    totals.filesDone = 3;
    totals.filesFailed = 1;
    totals.filesStaged = 2;
    totals.bytes = 420'000'000;
    totals.bytesAcknowledged = 84'000'000;
    totals.bytesPerSecond = 4.2e6;
    totals.timeLeft = std::chrono::seconds(70);
    return totals;
}

QList<UploadRecord> exampleHistory()
{
    QList<UploadRecord> rows;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto add = [&](UploadState state, const QString& name, qint64 size, qint64 minutesAgo) {
        UploadRecord record = makeUpload(1000 - rows.size(), state, name, size).record;
        record.endedAt = now.addSecs(-60 * minutesAgo);
        rows.append(record);
    };
    add(UploadState::Done, QStringLiteral("welcome.ogg"), 212'000, 4);
    add(UploadState::Done, QStringLiteral("新品海报 02.png"), 1'300'000, 11);
    add(UploadState::Failed, QStringLiteral("terms.docx"), 96'000, 12);
    add(UploadState::Done, QStringLiteral("catalogue.pdf"), 8'800'000, 1'500);
    rows.last().link = LinkState::Private;
    add(UploadState::Done, QStringLiteral("promo-01.mp4"), 14'200'000, 1'510);
    add(UploadState::Cancelled, QStringLiteral("promo-02.mp4"), 15'100'000, 1'520);
    for (int i = 0; i < 40; ++i)
        add(UploadState::Done, QStringLiteral("menu-%1.jpg").arg(i), 640'000 + i * 7'000,
            4'000 + i * 90);
    return rows;
}

class Camera {
public:
    Camera(QString folder, QString filter)
        : m_folder(std::move(folder))
        , m_filter(std::move(filter))
    {
    }

    bool wants(const QString& name) const { return name.contains(m_filter); }
    void shoot(const QString& name, QWidget& widget) const
    {
        QTest::qWait(60);
        const QPixmap picture = widget.grab();
        picture.save(m_folder + QLatin1Char('/') + name + QStringLiteral(".png"));
        std::printf("%s\n", qPrintable(name));
    }

private:
    QString m_folder;
    QString m_filter;
};

struct Scene {
    QString name;
    std::function<void(UiWorld&)> prepare; //!< before the window is there; may be empty
    std::function<void(UiWorld&, MainWindow&)> play;
    MainWindow::Mode mode = MainWindow::Mode::Real;
};

void withAccounts(UiWorld& world)
{
    world.addAccount(
        QStringLiteral("Brand CN"),
        {makeSpace(QStringLiteral("cams-8c8example01"), QStringLiteral("Mexico store")),
         makeSpace(QStringLiteral("cams-41fexample02"), QStringLiteral("上海旗舰店")),
         makeSpace(QStringLiteral("29348393884"), {})});
    world.addAccount(QStringLiteral("Agency"),
                     {makeSpace(QStringLiteral("cams-7d2example03"), QStringLiteral("Jakarta"))});
}

template <typename View>
View* child(MainWindow& window)
{
    const QList<View*> all = window.findChildren<View*>();
    for (View* view : all) {
        if (view->isVisible())
            return view;
    }
    return nullptr;
}

void press(QWidget& window, int key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(&window, static_cast<Qt::Key>(key), modifiers);
}

void selectRow(MainWindow& window, int row)
{
    auto* view = child<UploadsView>(window);
    view->setCurrentIndex(view->model()->index(row, 0));
    view->setFocus();
}

void showExamples(UiWorld& world, MainWindow&)
{
    world.uploads.show(exampleUploads());
    world.uploads.showTotals(exampleTotals());
}

void dragOver(MainWindow& window, const QList<QUrl>& urls)
{
    QMimeData dragged;
    dragged.setUrls(urls);
    QDragEnterEvent event(window.rect().center(), Qt::CopyAction, &dragged, Qt::LeftButton,
                          Qt::NoModifier);
    QApplication::sendEvent(&window, &event);
}

QList<Scene> scenes()
{
    return {
        {QStringLiteral("first-run"), {}, {}},
        {QStringLiteral("uploads-empty"), withAccounts, {}},
        {QStringLiteral("uploads"), withAccounts,
         [](UiWorld& world, MainWindow& window) {
             showExamples(world, window);
             selectRow(window, 0);
         }},
        {QStringLiteral("uploads-error"), withAccounts,
         [](UiWorld& world, MainWindow& window) {
             showExamples(world, window);
             selectRow(window, 7);
         }},
        {QStringLiteral("uploads-longnames"), withAccounts,
         [](UiWorld& world, MainWindow&) {
             QList<UploadSnapshot> uploads;
             const QStringList names{
                 QStringLiteral("a-very-long-file-name-").repeated(9) + QStringLiteral(".mp4"),
                 QStringLiteral("非常长的文件名").repeated(20) + QStringLiteral(".png"),
                 QStringLiteral("صورة المنتج الجديد للربيع.jpg"),
                 QStringLiteral("line\nbreak and 🎉 emoji.pdf"), QStringLiteral("README")};
             for (const QString& name : names)
                 uploads.append(makeUpload(uploads.size() + 1, UploadState::Done, name));
             uploads.append(makeUpload(uploads.size() + 1, UploadState::Failed, names.first()));
             world.uploads.show(uploads);
         }},
        {QStringLiteral("uploads-notice"), withAccounts,
         [](UiWorld&, MainWindow& window) {
             window.addFiles(
                 {QStringLiteral("/home/user/poster.png"), QStringLiteral("/home/user/photos/")},
                 false);
         }},
        {QStringLiteral("drop"), withAccounts,
         [](UiWorld& world, MainWindow& window) {
             showExamples(world, window);
             dragOver(window, QList<QUrl>(14, QUrl::fromLocalFile(QStringLiteral("/a.png"))));
         },
         MainWindow::Mode::Practice},
        {QStringLiteral("drop-refused"), withAccounts,
         [](UiWorld&, MainWindow& window) {
             dragOver(window, {QUrl(QStringLiteral("https://example.com/a.png"))});
         }},
        {QStringLiteral("practice"), withAccounts, showExamples, MainWindow::Mode::Practice},
        {QStringLiteral("picker"), withAccounts,
         [](UiWorld& world, MainWindow& window) {
             showExamples(world, window);
             child<SpacePicker>(window)->click();
         }},
        {QStringLiteral("history"), withAccounts,
         [](UiWorld& world, MainWindow& window) {
             world.historyRows = exampleHistory();
             press(window, Qt::Key_2, Qt::AltModifier);
         }},
        {QStringLiteral("history-error"), withAccounts,
         [](UiWorld& world, MainWindow& window) {
             world.historyRows = exampleHistory();
             press(window, Qt::Key_2, Qt::AltModifier);
             QTest::qWait(50);
             auto* table = child<QTableView>(window);
             table->selectRow(2);
             table->setFocus();
         }},
        {QStringLiteral("history-empty"), withAccounts,
         [](UiWorld&, MainWindow& window) { press(window, Qt::Key_2, Qt::AltModifier); }},
        {QStringLiteral("accounts"), withAccounts,
         [](UiWorld&, MainWindow& window) { press(window, Qt::Key_3, Qt::AltModifier); }},
        {QStringLiteral("accounts-empty"),
         {},
         [](UiWorld&, MainWindow& window) { press(window, Qt::Key_3, Qt::AltModifier); }},
        {QStringLiteral("account-dialog"), withAccounts,
         [](UiWorld& world, MainWindow& window) {
             auto* dialog = new AccountDialog(world.services(), &window);
             dialog->edit(world.accounts.accounts().first());
             dialog->show();
         }},
        {QStringLiteral("problem"),
         {},
         [](UiWorld&, MainWindow& window) {
             window.showProblem(Error{.kind = ErrorKind::ProfileInUse,
                                      .message = QStringLiteral("chatapp-uploader, process 4711")});
         }},
    };
}

void playScene(const Scene& scene, const Camera& camera, const QString& suffix, double scale = 1)
{
    const QString name = scene.name + suffix;
    if (!camera.wants(name))
        return;
    UiWorld world;
    MainWindow window(world.services(), scene.mode);
    world.load();
    if (scene.prepare)
        scene.prepare(world);
    window.resize(QSize(1080, 700) * scale);
    window.show();
    QTest::qWait(80);
    window.engineStarted();
    if (scene.play)
        scene.play(world, window);
    camera.shoot(name, window);
    const QWidgetList tops = QApplication::topLevelWidgets();
    for (QWidget* top : tops) {
        if (top != &window && top->isVisible())
            camera.shoot(name + QStringLiteral("-popup"), *top);
    }
}

void playHundredThousand(const Camera& camera)
{
    if (!camera.wants(QStringLiteral("hundred-thousand")))
        return;
    UiWorld world;
    world.load();
    withAccounts(world);
    MainWindow window(world.services(), MainWindow::Mode::Real);
    window.resize(1080, 700);
    window.show();
    QList<UploadSnapshot> uploads;
    constexpr int many = 100'000;
    for (int i = 1; i <= many; ++i)
        uploads.append(makeUpload(i, i % 3 == 0 ? UploadState::Putting : UploadState::Staged));
    QElapsedTimer timer;
    const auto lap = [&](const char* what) {
        std::printf("  %-28s %5lld ms\n", what, static_cast<long long>(timer.restart()));
    };
    timer.start();
    world.uploads.show(uploads);
    lap("insert 100,000");
    auto* view = child<UploadsView>(window);
    view->scrollToBottom();
    QApplication::processEvents();
    lap("scroll to the end, paint");
    for (int round = 0; round < 10; ++round) {
        view->verticalScrollBar()->setValue(view->verticalScrollBar()->maximum() * round / 10);
        view->viewport()->repaint();
    }
    lap("10 jumps");
    world.uploads.show(uploads.mid(0, 1'000));
    view->viewport()->repaint();
    lap("a batch of 1,000");
    view->selectAll();
    QApplication::processEvents();
    lap("select all");
    world.uploads.show(uploads.mid(0, 1'000));
    view->viewport()->repaint();
    lap("a batch while all selected");
    camera.shoot(QStringLiteral("hundred-thousand"), window);
}

} // namespace

int main(int argc, char* argv[])
{
    QApplication app(argc, argv);
    initializeSymbols();
    Translations translations;
    QApplication::setStyle(QStringLiteral("Fusion"));
    const QStringList arguments = QApplication::arguments();
    const Camera camera(arguments.value(1, QStringLiteral(".")), arguments.value(2));
    QDir().mkpath(arguments.value(1));

    const QPalette light = QApplication::palette();
    for (const Scene& scene : scenes())
        playScene(scene, camera, {});
    QApplication::setPalette(darkPalette());
    for (const Scene& scene : scenes())
        playScene(scene, camera, QStringLiteral("-dark"));
    QApplication::setPalette(light);

    QApplication::setLayoutDirection(Qt::RightToLeft);
    QLocale::setDefault(QLocale(QLocale::Arabic, QLocale::Egypt));
    for (const Scene& scene : scenes())
        playScene(scene, camera, QStringLiteral("-rtl"));
    QApplication::setLayoutDirection(Qt::LeftToRight);

    QLocale::setDefault(QLocale(QLocale::Chinese, QLocale::China));
    for (const Scene& scene : scenes())
        playScene(scene, camera, QStringLiteral("-zh"));
    QLocale::setDefault(QLocale(QLocale::English));

    QFont large = QApplication::font();
    large.setPointSizeF(large.pointSizeF() * 2);
    const QFont normal = QApplication::font();
    QApplication::setFont(large);
    for (const Scene& scene : scenes())
        playScene(scene, camera, QStringLiteral("-large"), 2);
    QApplication::setFont(normal);

    playHundredThousand(camera);
    return 0;
}
