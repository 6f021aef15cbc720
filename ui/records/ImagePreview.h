// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

class QLabel;
class QToolButton;

namespace desk {

class ImageLoader;
class PictureView;
class Theme;

// A window with one of several pictures, as large as it is; left and right turn the pages. A picture that
// cannot be had says why, and can be tried again. GUI thread; deletes itself when closed.
class ImagePreview : public QDialog
{
    Q_OBJECT

public:
    ImagePreview(const QStringList &urls, int index, ImageLoader &images, Theme &theme, QWidget *parent);

private:
    void showPicture();
    void turn(int by);

    QStringList m_urls;
    int m_index;
    ImageLoader &m_images;
    PictureView *m_view;
    QLabel *m_caption;
    QToolButton *m_retry;
};

} // namespace desk
