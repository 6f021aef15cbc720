// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desk/DeskApplication.h"
#include "app/desk/DeskOptions.h"

#include <QImage>
#include <QObject>
#include <QQueue>
#include <QTimer>

namespace desk {

// Draws the window into files: for --screenshot and the documentation's pictures. Takes a picture once the
// database is there, nothing waits to be published, and the picture has stood still for a while (rows,
// thumbnails and stream have come); gives up waiting after MaximumMilliseconds and takes what there is.
// GUI thread.
class Screenshots : public QObject
{
    Q_OBJECT

public:
    static constexpr int FrameMilliseconds = 120;
    static constexpr int StillFrames = 6;
    static constexpr int MaximumMilliseconds = 30'000;

    Screenshots(DeskApplication &application, Theme &theme, QObject *parent = nullptr);

    void add(const QString &file, const QSize &size); // the window as it stands, in the theme of now
    // The pages of the sample workspace, light and dark, and one on a large screen.
    void addSet(const QString &folder);
    void start();

Q_SIGNALS:
    void finished(bool allWritten);

private:
    struct Picture {
        QString file;
        QSize size;
        std::optional<Theme::Mode> theme;
        QString page; // empty: as it is
        bool streamDetail = false;
    };

    void prepareNext();
    void look();
    [[nodiscard]] bool isSettled();
    void take();
    void choose(const Picture &picture);

    DeskApplication &m_application;
    Theme &m_theme;
    QQueue<Picture> m_pictures;
    QTimer m_timer;
    QImage m_last;
    int m_still = 0;
    int m_waited = 0;
    bool m_allWritten = true;
};

} // namespace desk
