// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>

#include <array>
#include <memory>

class QTemporaryDir;

namespace desk {

class SystemAppearance;

// A word of state and the chip behind it. The word stands alone on the surface as well as on the chip.
struct StateColours {
    QColor text;
    QColor chip;
};

// The colours of the window, all of them; nothing else in ui/ names a colour. A value.
struct Colours {
    QColor ground;  // behind pages: rail, tool bars, status bar
    QColor surface; // tables, forms, fields
    QColor text;
    QColor muted;     // captions, units, what stands back
    QColor line;      // hairlines
    QColor border;    // of buttons and fields: a little stronger than a hairline
    QColor accent;    // the primary action, the selection's edge, what is set
    QColor onAccent;  // text on accent
    QColor selection; // behind selected rows
    QColor hover;     // behind what the mouse is over, on ground and surface
    QColor disabled;  // text of what cannot be used now
    StateColours saved;
    StateColours published;
    StateColours waiting;
    StateColours refused;
    // Of a chart, in the order in which they are taken; told apart with any eyes, 3:1 against the surface.
    std::array<QColor, 6> lines;

    [[nodiscard]] static Colours light();
    [[nodiscard]] static Colours dark();
};

// The look of the program: colours, fonts, icons, and the palette and style sheet made of them. Made once
// in main() after the QApplication, handed to pages by reference, outlives every widget. GUI thread.
//
// Widgets that style sheets cannot guess say what they are by a property:
//   QPushButton  primary=true        the one accent button of a page; danger=true takes something away
//   QToolButton  flat=true           no frame until the mouse is over it
//   fields       invalid=true        red edge
//   QLabel       role=title, heading, section, muted, problem
//   QFrame       role=hairline       a line of one pixel; role=surface, role=ground: the colour behind
// After changing such a property call Theme::restyle(widget).
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Mode { System, Light, Dark };
    Q_ENUM(Mode)
    // What an icon is drawn in; it follows the theme by itself.
    enum class IconColour { Text, Muted, Accent, OnAccent };

    explicit Theme(Mode mode = Mode::System, QObject *parent = nullptr);
    ~Theme() override;

    [[nodiscard]] Mode mode() const { return m_mode; }
    void setMode(Mode mode); // the caller remembers it over restarts
    [[nodiscard]] bool isDark() const { return m_isDark; }
    [[nodiscard]] const Colours &colours() const { return *m_colours; }

    // resources/icons/NAME.svg in the theme's colours, at any size; a null icon if there is none.
    [[nodiscard]] QIcon icon(const QString &name, IconColour colour = IconColour::Text) const;

    [[nodiscard]] QFont font() const;      // 13 px
    [[nodiscard]] QFont smallFont() const; // 12 px
    [[nodiscard]] QFont titleFont() const; // 15 px, semi-bold
    [[nodiscard]] QFont monospace() const; // bytes, offsets, times: 12 px

    // Height of a table row in pixels.
    static constexpr int RowHeight = 28;

    static void restyle(QWidget *widget);
    // Sets the property and restyles when that changed anything.
    static void setProperty(QWidget *widget, const char *name, const QVariant &value);

    // The WCAG contrast of two opaque colours: 1 to 21.
    [[nodiscard]] static double contrast(const QColor &left, const QColor &right);

Q_SIGNALS:
    void changed();

private:
    void apply();
    void drawControlImages();

    SystemAppearance *m_system;
    Mode m_mode;
    bool m_isDark = false;
    std::shared_ptr<Colours> m_colours; // shared with the icons made from here
    std::unique_ptr<QTemporaryDir>
        m_controlImages; // arrows and ticks in the theme's colours, for the style sheet
};

} // namespace desk
