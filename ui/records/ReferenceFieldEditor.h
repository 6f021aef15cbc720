// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/RecordQuery.h"
#include "ui/records/FieldEditor.h"

#include <QTimer>

class QCompleter;
class QLineEdit;
class QStandardItemModel;

namespace desk {

struct EntityType;

// A reference, shown by name and chosen from a list that opens at a click (in a cell at once) and is searched in
// the database as one types; only
// records that were picked or are named exactly count. Late answers to an older text are dropped.
class ReferenceFieldEditor : public FieldEditor
{
    Q_OBJECT

public:
    static constexpr int MaximumChoices = 50;
    static constexpr int DebounceMilliseconds = 120;

    ReferenceFieldEditor(const Column &column, Place place, StoreClient &store, ImageLoader *images,
                         QWidget *parent);

    void setTypedText(const QString &text) override;
    [[nodiscard]] QString typedText() const override;
    [[nodiscard]] Expected<QVariant> value() const override;
    [[nodiscard]] QString label() const override { return m_label; }
    void setReadOnly(bool readOnly) override;
    [[nodiscard]] bool isSearching() const override;

protected:
    void showValue(const QVariant &value, const QString &label) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search();
    void showChoices(const QList<ReferenceChoice> &choices);
    void choose(const RecordId &id, const QString &label);
    [[nodiscard]] QVariant idValue(const RecordId &id) const;

    StoreClient &m_store;
    ImageLoader *m_images;
    const EntityType *m_target; // null: the entity is not in this catalog
    QLineEdit *m_line;
    QStandardItemModel *m_choices;
    QCompleter *m_completer;
    QTimer m_debounce;
    quint64 m_generation = 0;
    RecordId m_id; // what is chosen; empty: nothing
    QString m_label;
};

} // namespace desk
