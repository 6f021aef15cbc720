// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Record.h"
#include "models/schema/SensitiveNames.h"

#include <QScrollArea>

class QLabel;

namespace desk {

// The fields of an entity's record as a message carries them, typed without a database: references are ids, and
// nothing is looked up. Says at each field what does not fit its description. What is sensitive is never shown:
// it is typed unseen, and stays as it was in the message where nothing is typed. GUI thread.
class ValueForm : public QScrollArea
{
    Q_OBJECT

public:
    ValueForm(const EntityType &entity, const SensitiveNames &names, QWidget *parent);

    [[nodiscard]] const EntityType &entity() const { return m_entity; }
    void setRecord(const Record &record);
    // What has to be filled in: everything, or only what says which record it is (its id and its key).
    enum class Needed { Everything, Identity };
    void setNeeded(Needed needed);

    // As typed; marks every field that does not fit, and fails with the first one's error.
    [[nodiscard]] Expected<Record> record();
    // Types into a field, as an operator would.
    void setText(const QString &column, const QString &text);

private:
    struct Field {
        QWidget *editor = nullptr;
        QLabel *problem = nullptr;
        bool isSensitive = false;
    };

    [[nodiscard]] bool isNeeded(int index) const;
    [[nodiscard]] QWidget *makeEditor(const Column &column, bool isSensitive);
    [[nodiscard]] static QString textIn(const QWidget *editor);
    static void putText(QWidget *editor, const QString &text);

    const EntityType &m_entity;
    Needed m_needed = Needed::Everything;
    Record m_base;
    bool m_hasBase = false;
    QList<Field> m_fields; // one for each column
};

} // namespace desk
