// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/FilterHelp.h"

#include <QGridLayout>
#include <QLabel>
#include <QScreen>

#include <algorithm>
#include <array>

namespace desk {
namespace {

struct Line {
    const char *example;
    const char *meaning;
};

constexpr std::array<Line, 14> Lines{{
    {"lamp  \"brass lamp\"",
     QT_TRANSLATE_NOOP("desk::FilterHelp", "text in key, value or headers, in any case")},
    {"/lam[bp]/  /lamp/i", QT_TRANSLATE_NOOP("desk::FilterHelp", "a regular expression; i: in any case")},
    {"price > 100", QT_TRANSLATE_NOOP("desk::FilterHelp", "a field of the message: = != < <= > >=")},
    {"pricing.amount = 10.50",
     QT_TRANSLATE_NOOP("desk::FilterHelp", "a field within a field; of a list, any element")},
    {"name ~ lamp  name ~ /^La/",
     QT_TRANSLATE_NOOP("desk::FilterHelp", "holds a text or expression; !~ does not")},
    {"status in (NEW, \"ON HOLD\")", QT_TRANSLATE_NOOP("desk::FilterHelp", "one of these; also: not in")},
    {"discount exists",
     QT_TRANSLATE_NOOP("desk::FilterHelp", "the message has it; discount = null: it has not")},
    {"key = 24  value ~ x",
     QT_TRANSLATE_NOOP("desk::FilterHelp", "the parts of a message; value = null: a tombstone")},
    {"header.author = anna", QT_TRANSLATE_NOOP("desk::FilterHelp", "a header; header alone: any of them")},
    {"partition = 3  offset >= 500",
     QT_TRANSLATE_NOOP("desk::FilterHelp", "also: topic, size (bytes), operation")},
    {"time > -15m  time = today",
     QT_TRANSLATE_NOOP("desk::FilterHelp", "s, m, h, d, w back from when the filter was typed")},
    {"time < 2024-01-31T10:00",
     QT_TRANSLATE_NOOP("desk::FilterHelp", "of this computer; with Z of Greenwich")},
    {"a b  a or b  not (a b)",
     QT_TRANSLATE_NOOP("desk::FilterHelp", "both; either; everything but these together")},
    {"value.size = 3",
     QT_TRANSLATE_NOOP("desk::FilterHelp", "a field that is called as a part of the message")},
}};

QLabel *textLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

FilterHelp::FilterHelp(QWidget *parent) : QFrame(parent, Qt::Popup)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("role", QStringLiteral("surface"));
    setFrameShape(QFrame::StyledPanel);
    setObjectName(QStringLiteral("filterHelp"));
    setAccessibleName(tr("How filters are written"));
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setHorizontalSpacing(18);
    layout->setVerticalSpacing(5);
    QLabel *title = textLabel(tr("How filters are written"), this);
    title->setProperty("role", QStringLiteral("heading"));
    layout->addWidget(title, 0, 0, 1, 2);
    QStringList spoken;
    for (size_t index = 0; index < Lines.size(); ++index) {
        QLabel *example = textLabel(QString::fromLatin1(Lines[index].example), this);
        example->setObjectName(QStringLiteral("filterExample"));
        QLabel *meaning = textLabel(tr(Lines[index].meaning), this);
        meaning->setProperty("role", QStringLiteral("muted"));
        layout->addWidget(example, int(index) + 1, 0);
        layout->addWidget(meaning, int(index) + 1, 1);
        spoken.append(example->text() + QStringLiteral(": ") + meaning->text());
    }
    QLabel *note = textLabel(
        tr("Numbers are compared as they are written. Masked fields match only as masked."), this);
    note->setProperty("role", QStringLiteral("muted"));
    layout->addWidget(note, int(Lines.size()) + 1, 0, 1, 2);
    spoken.append(note->text());
    setAccessibleDescription(spoken.join(u'\n'));
}

void FilterHelp::open(QWidget &field)
{
    auto *help = new FilterHelp(&field);
    help->adjustSize();
    QPoint place = field.mapToGlobal(QPoint(0, field.height() + 2));
    const QRect room = field.screen()->availableGeometry();
    if (place.y() + help->height() > room.bottom()) // the dock is at the bottom of the window
        place.setY(field.mapToGlobal(QPoint(0, 0)).y() - help->height() - 2);
    place.setX(std::min(place.x(), room.right() - help->width()));
    place.setY(std::max(place.y(), room.top()));
    help->move(place);
    help->show();
}

} // namespace desk
