// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QLineEdit;
class QLabel;

namespace desk {

class RecordImages;
class ThumbnailButton;
struct DeskServices;

// The pictures of the record in a form: thumbnails that wrap with the width, and a tile that adds one by its
// URL. A click opens the preview; Delete or the menu takes a picture away. GUI thread.
class ImageStrip : public QWidget
{
    Q_OBJECT

public:
    enum class Extent { FirstLine, All }; // FirstLine: what does not fit is counted on the last tile

    ImageStrip(RecordImages &images, Extent extent, DeskServices &services, QWidget *parent);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

    void beginAdding();

Q_SIGNALS:
    void openRequested(int index);
    void allRequested(); // the counting tile was clicked

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void arrange();
    void addTyped();
    void remove(int index);
    void showMenu(int index, const QPoint &place);
    [[nodiscard]] int perLine(int width) const;
    [[nodiscard]] int addRowHeight(int width) const;

    RecordImages &m_images;
    Extent m_extent;
    DeskServices &m_services;
    QList<ThumbnailButton *> m_tiles;
    ThumbnailButton *m_addTile;
    ThumbnailButton *m_moreTile;
    QWidget *m_addRow; // the URL being typed, and what is wrong with it
    QLineEdit *m_url;
    QLabel *m_problem;
};

} // namespace desk
