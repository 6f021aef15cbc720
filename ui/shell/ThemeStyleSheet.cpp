// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/ThemeStyleSheet.h"

#include "ui/shell/Theme.h"

#include <QHash>
#include <QRegularExpression>

namespace desk {

namespace {

// Colours stand as @name; @images is the folder of control images. Fields take their text's colour from the
// palette: a style sheet that names it makes Qt draw the placeholder in half of it, too faint to read.
const char *const Template = R"(
QMainWindow, QDialog { background: @ground; }
QMainWindow::separator { background: @line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }

QLabel[role="title"] { font-size: 15px; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="section"] { color: @muted; font-size: 11px; font-weight: 600; }
QLabel[role="muted"] { color: @muted; font-size: 12px; }
QLabel[role="problem"] { color: @refusedText; font-size: 12px; }
QFrame[role="hairline"] { background: @line; border: none; }
QFrame[role="surface"], QWidget[role="surface"] { background: @surface; border: none; }
QFrame[role="ground"], QWidget[role="ground"] { background: @ground; border: none; }

QMenuBar { background: @surface; color: @text; border-bottom: 1px solid @line; padding: 1px 4px; }
QMenuBar::item { padding: 5px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @hover; }
QMenu { background: @surface; color: @text; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 10px; border-radius: 4px; }
QMenu::item:selected { background: @selection; }
QMenu::item:disabled { color: @disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @line; margin: 4px 6px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 7px; }
QMenu::indicator:checked { image: url("@images/check-text.svg"); }
QMenu::right-arrow { image: url("@images/chevron-right.svg"); width: 14px; height: 14px; right: 6px; }

QPushButton { background: @surface; color: @text; border: 1px solid @border; border-radius: 6px;
    padding: 4px 12px; min-height: 20px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed, QPushButton:checked { background: @selection; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @disabled; background: @ground; }
QPushButton:default { border-color: @accent; }
QPushButton[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 500; }
QPushButton[primary="true"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[primary="true"]:focus { border-color: @text; }
QPushButton[primary="true"]:disabled { background: @ground; color: @disabled; border-color: @border; }
QPushButton[danger="true"] { color: @refusedText; }
QPushButton[danger="true"]:disabled { color: @disabled; }
QPushButton::menu-indicator { image: url("@images/chevron-down.svg"); width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 8px; }

QToolButton { background: @surface; color: @text; border: 1px solid @border; border-radius: 6px; padding: 4px 8px; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @selection; }
QToolButton:focus { border-color: @accent; }
QToolButton:disabled { color: @disabled; }
QToolButton[flat="true"] { background: transparent; border-color: transparent; padding: 3px 6px; }
QToolButton[flat="true"]:hover { background: @hover; }
QToolButton[flat="true"]:checked { background: @selection; border-color: @accent; }
QToolButton[flat="true"]:focus { border-color: @accent; }
QToolButton[status="true"] { color: @muted; font-size: 12px; padding: 2px 6px; border-radius: 4px; }
QToolButton[status="true"]:hover { color: @text; }
QToolButton::menu-indicator { image: url("@images/chevron-down.svg"); width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 4px; }
QToolButton[popupMode="2"] { padding-right: 20px; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox { background: @surface;
    border: 1px solid @border; border-radius: 6px; padding: 3px 8px; min-height: 20px;
    selection-background-color: @accent; selection-color: @onAccent; }
QPlainTextEdit, QTextEdit { padding: 3px 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QComboBox:on {
    border-color: @accent; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    background: @ground; }
QLineEdit[readOnly="true"] { background: @ground; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QAbstractSpinBox[invalid="true"],
QComboBox[invalid="true"] { border-color: @refusedText; }
QLineEdit[set="true"], QComboBox[set="true"], QPushButton[set="true"] { border-color: @accent; }
QLineEdit[chooser="true"] { background-image: url("@images/chevron-down-small.svg"); background-repeat: no-repeat;
    background-origin: border; background-position: center right; padding-right: 24px; }
QLineEdit { lineedit-clear-button-icon: url("@images/close.svg"); }
QListView[menu="true"] { background: @surface; border: 1px solid @border; padding: 4px; outline: none; }
QListView[menu="true"]::item { min-height: 28px; padding: 0 6px; border-radius: 4px; color: @text; }
QListView[menu="true"]::item:selected, QListView[menu="true"]::item:hover { background: @selection; color: @text; }
QLineEdit[bare="true"] { border: none; border-radius: 0; padding: 10px 14px; font-size: 14px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("@images/chevron-down.svg"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @border; padding: 4px; outline: none;
    selection-background-color: @selection; selection-color: @text; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 6px; border-radius: 4px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 18px; }
QAbstractSpinBox::up-arrow { image: url("@images/chevron-up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("@images/chevron-down.svg"); width: 10px; height: 10px; }
QDateTimeEdit::drop-down { border: none; width: 20px; }
QDateTimeEdit::down-arrow { image: url("@images/chevron-down.svg"); width: 12px; height: 12px; }

QCheckBox, QRadioButton { spacing: 7px; }
QCheckBox::indicator, QAbstractItemView::indicator, QGroupBox::indicator { width: 14px; height: 14px;
    border: 1px solid @muted; border-radius: 4px; background: @surface; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QGroupBox::indicator:checked {
    background: @accent; border-color: @accent; image: url("@images/check.svg"); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
    background: @accent; border-color: @accent; image: url("@images/minus.svg"); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: @accent; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QCheckBox::indicator:disabled { background: @ground; border-color: @border; }
QCheckBox::indicator:checked:disabled, QCheckBox::indicator:indeterminate:disabled,
QAbstractItemView::indicator:checked:disabled { background: @disabled; border-color: @disabled; }
QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid @muted; border-radius: 7px; background: @surface; }
QRadioButton::indicator:checked { border: 4px solid @accent; width: 6px; height: 6px; }
QRadioButton::indicator:disabled { background: @ground; border-color: @border; }
QRadioButton::indicator:checked:disabled { border: 4px solid @disabled; width: 6px; height: 6px; }

QAbstractItemView { background: @surface; color: @text; border: none; outline: none;
    alternate-background-color: @ground; selection-background-color: @selection; selection-color: @text; }
QTableView, QTreeView { gridline-color: @line; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @text; font-weight: 600; border: none;
    border-bottom: 1px solid @line; padding: 5px 8px; }
QHeaderView::section:hover { background: @hover; }
QHeaderView::up-arrow, QHeaderView::down-arrow { image: none; width: 0; height: 0; }
QTableCornerButton::section { background: @surface; border: none; border-bottom: 1px solid @line; }

QTabWidget::pane { border: none; border-top: 1px solid @line; top: -1px; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted; border: none; border-bottom: 2px solid transparent;
    padding: 6px 1px; margin-right: 14px; }
QTabBar::tab:selected { color: @text; font-weight: 600; border-bottom-color: @accent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { color: @accent; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @scroll; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: @accent; }

QStatusBar { background: @ground; border-top: 1px solid @line; color: @muted; }
QStatusBar::item { border: none; }
QToolTip { background: @text; color: @surface; border: none; padding: 4px 7px; }
QProgressBar { background: @line; border: none; border-radius: 3px; max-height: 6px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QGroupBox { border: none; border-top: 1px solid @line; margin-top: 18px; padding-top: 8px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; color: @text; }
QScrollArea { background: transparent; border: none; }
)";

QColor between(const QColor &from, const QColor &to, double part)
{
    return QColor::fromRgbF(static_cast<float>(from.redF() + (to.redF() - from.redF()) * part),
                            static_cast<float>(from.greenF() + (to.greenF() - from.greenF()) * part),
                            static_cast<float>(from.blueF() + (to.blueF() - from.blueF()) * part));
}

} // namespace

QString themeStyleSheet(const Colours &colours, const QString &images)
{
    const QHash<QString, QString> words = {
        {QStringLiteral("ground"), colours.ground.name()},
        {QStringLiteral("surface"), colours.surface.name()},
        {QStringLiteral("text"), colours.text.name()},
        {QStringLiteral("muted"), colours.muted.name()},
        {QStringLiteral("line"), colours.line.name()},
        {QStringLiteral("border"), colours.border.name()},
        {QStringLiteral("accent"), colours.accent.name()},
        {QStringLiteral("accentHover"), between(colours.accent, colours.text, 0.15).name()},
        {QStringLiteral("onAccent"), colours.onAccent.name()},
        {QStringLiteral("selection"), colours.selection.name()},
        {QStringLiteral("hover"), colours.hover.name()},
        {QStringLiteral("disabled"), colours.disabled.name()},
        {QStringLiteral("refusedText"), colours.refused.text.name()},
        {QStringLiteral("scroll"), between(colours.surface, colours.muted, 0.45).name()},
        {QStringLiteral("images"), images},
    };
    static const QRegularExpression word(QStringLiteral("@([A-Za-z]+)"));
    const QString source = QString::fromLatin1(Template);
    QString sheet;
    qsizetype done = 0;
    for (auto it = word.globalMatch(source); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        sheet += QStringView(source).mid(done, match.capturedStart() - done);
        Q_ASSERT(words.contains(match.captured(1)));
        sheet += words.value(match.captured(1));
        done = match.capturedEnd();
    }
    sheet += QStringView(source).mid(done);
    return sheet;
}

} // namespace desk
