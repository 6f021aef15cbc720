// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Column.h"
#include "models/schema/Error.h"

#include <QWidget>

class QLabel;

namespace desk {

class FieldEditor;
struct DeskServices;

// One column in a form: its label, its editor, and under it the sentence of what does not fit. Remembers
// the committed value it began from; when that changes underneath, an untouched field follows, and an edited
// one says who changed it to what and waits for a decision. GUI thread.
class FormField : public QWidget
{
    Q_OBJECT

public:
    FormField(const Column &column, int index, DeskServices &services, QWidget *parent);

    [[nodiscard]] int index() const { return m_index; } // in the entity's columns
    [[nodiscard]] FieldEditor *editor() const { return m_editor; }

    // Another record, or the same one as it was before typing.
    void setBase(const QVariant &value, const QString &label);
    // The record is now so; whoever typed here keeps what was typed. `author` empty: this window's own write.
    void follow(const QVariant &value, const QString &label, const QString &author);

    [[nodiscard]] const QVariant &base() const { return m_base; }
    [[nodiscard]] bool isEdited() const; // what is typed differs from the base
    [[nodiscard]] bool hasConflict() const { return m_theirs.has_value(); }
    [[nodiscard]] Expected<QVariant> value() const;
    // Shows what is wrong with what is typed, if anything; true if it can be saved.
    bool check();
    void setProblem(const QString &sentence); // empty: none
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void edited();

private:
    struct Theirs {
        QVariant value;
        QString label;
    };

    void keepMine();
    void takeTheirs();
    void hideConflict();

    Column m_column;
    int m_index;
    FieldEditor *m_editor;
    QLabel *m_problem;
    QLabel *m_conflict;
    QVariant m_base;
    std::optional<Theirs> m_theirs;
};

} // namespace desk
