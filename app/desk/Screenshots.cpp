// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/Screenshots.h"

#include "ui/parts/LineTable.h"
#include "ui/records/RecordTableView.h"
#include "ui/records/RecordsPage.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/StreamPanel.h"

#include <QApplication>
#include <QDir>
#include <QItemSelectionModel>
#include <QPixmap>
#include <QTextStream>

#include <algorithm>

namespace desk {

Screenshots::Screenshots(DeskApplication &application, Theme &theme, QObject *parent)
    : QObject(parent)
    , m_application(application)
    , m_theme(theme)
{
    QApplication::setCursorFlashTime(0); // a blinking cursor never stands still
    m_timer.setInterval(FrameMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &Screenshots::look);
}

void Screenshots::add(const QString &file, const QSize &size)
{
    m_pictures.enqueue({file, size, {}, {}, false});
}

void Screenshots::addSet(const QString &folder)
{
    QDir().mkpath(folder);
    const QDir target(folder);
    const QSize usual(1280, 800);
    const std::pair<QString, QString> pages[] = {{QStringLiteral("products"), QStringLiteral("product")},
                                                 {QStringLiteral("categories"), QStringLiteral("category")},
                                                 {QStringLiteral("images"), QStringLiteral("image")},
                                                 {QStringLiteral("todos"), QStringLiteral("todo")}};
    for (const Theme::Mode mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
        const QString look = mode == Theme::Mode::Light ? QStringLiteral("light") : QStringLiteral("dark");
        const auto file = [&](const QString &name) {
            return target.filePath(QStringLiteral("%1-%2.png").arg(name, look));
        };
        for (const auto &[name, page] : pages)
            m_pictures.enqueue({file(name), usual, mode, page, false});
        m_pictures.enqueue({file(QStringLiteral("stream")), usual, mode, QStringLiteral("streams"), true});
        m_pictures.enqueue({file(QStringLiteral("topics")), usual, mode, QStringLiteral("topics"), false});
        m_pictures.enqueue({file(QStringLiteral("journal")), usual, mode, QStringLiteral("journal"), false});
    }
    m_pictures.enqueue({target.filePath(QStringLiteral("products-large.png")), QSize(2560, 1440),
                        Theme::Mode::Light, QStringLiteral("product"), false});
}

void Screenshots::start()
{
    prepareNext();
}

void Screenshots::prepareNext()
{
    if (m_pictures.isEmpty()) {
        m_timer.stop();
        Q_EMIT finished(m_allWritten);
        return;
    }
    const Picture &picture = m_pictures.head();
    if (picture.theme)
        m_theme.setMode(*picture.theme);
    DeskWindow *window = m_application.window();
    window->resize(picture.size);
    if (!picture.page.isEmpty())
        window->showPage(picture.page);
    m_last = QImage();
    m_still = 0;
    m_waited = 0;
    m_timer.start();
}

void Screenshots::look()
{
    m_waited += FrameMilliseconds;
    if (!isSettled() && m_waited < MaximumMilliseconds)
        return;
    take();
    m_pictures.dequeue();
    prepareNext();
}

bool Screenshots::isSettled()
{
    const StoreClient &store = m_application.session()->store();
    if (store.state() != StoreClient::State::Ready)
        return false;
    const bool publishes = m_application.session()->isRelaying();
    if (publishes && (store.publishingState().head == 0 || store.publishingState().waiting > 0))
        return false;
    choose(m_pictures.head());
    const QImage now = m_application.window()->grab().toImage();
    m_still = now == m_last ? m_still + 1 : 0;
    m_last = now;
    return m_still >= StillFrames;
}

// What an operator would have in front: a record in the form, a topic or group or message in the detail.
void Screenshots::choose(const Picture &picture)
{
    DeskWindow *window = m_application.window();
    if (const RecordsPage *records = window->recordsPage(window->currentPage())) {
        QAbstractItemView &table = records->table();
        if (!table.currentIndex().isValid() && table.model()->rowCount() > 4)
            table.setCurrentIndex(table.model()->index(4, 1));
    }
    // The tables of the pages topics and groups are named as these are.
    const Page *page = window->page(window->currentPage());
    if (auto *table = page ? page->findChild<LineTable *>(window->currentPage()) : nullptr) {
        constexpr int Chosen = 10; // products_add, in the sample
        if (!table->selectionModel()->hasSelection() && table->model()->rowCount() > 0)
            table->selectRow(std::min(Chosen, table->model()->rowCount() - 1));
    }
    if (const StreamPanel *stream = window->streamPanel()) {
        QAbstractItemView &table = stream->table();
        if (!picture.streamDetail) {
            table.setCurrentIndex({}); // closes the detail
            return;
        }
        if (!table.currentIndex().isValid() && table.model()->rowCount() > 2)
            table.setCurrentIndex(table.model()->index(2, 0));
    }
}

void Screenshots::take()
{
    const Picture &picture = m_pictures.head();
    if (m_application.window()->grab().save(picture.file, "PNG"))
        return;
    m_allWritten = false;
    QTextStream(stderr) << "catalog-desk: " << QDir::toNativeSeparators(picture.file)
                        << " cannot be written.\n";
}

} // namespace desk
