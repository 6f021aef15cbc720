// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/RecordTableModel.h"
#include "ui/shell/Page.h"

class QSplitter;

namespace desk {

class RecordActions;
class RecordForm;
class RecordPublisher;
class RecordTableView;
class RecordToolBar;
struct DeskServices;

// The page of one entity: its records as a table, the chosen one as a form beside it, and what can be done
// with them. Asks the database only once it has been shown; its count for the rail comes earlier. GUI
// thread.
class RecordsPage : public Page
{
    Q_OBJECT

public:
    RecordsPage(const EntityType &entity, DeskServices &services, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;
    [[nodiscard]] QList<QAction *> menuActions(PageMenu menu) const override;
    [[nodiscard]] QStringList unsavedWork() const override;
    void saveWork() override;
    [[nodiscard]] QList<QWidget *> focusParts() override;
    void activated() override;

    // Selects the record if it is in the table, and shows it in the form in any case.
    void showRecord(const RecordId &id);

    [[nodiscard]] RecordTableModel &model() const { return *m_model; }
    [[nodiscard]] RecordTableView &table() const { return *m_table; }
    [[nodiscard]] RecordForm &form() const { return *m_form; }
    [[nodiscard]] RecordActions &actions() const { return *m_actions; }

private:
    void connectActions();
    void connectTable();
    void updatePublishing();
    void ask();            // for what search and filters say now
    void showRow(int row); // in the form
    void reselect();       // the form's record, once it is loaded
    void createRecord();
    void editSelected();
    void removeSelected();
    void deleteRecords(const QList<RecordRow> &rows);
    void publishSelected();
    void clearFilters();
    void countForBadge();
    void updateBadge(qint64 records);
    void showMatches(qint64 records, bool isFinal);
    [[nodiscard]] bool tableCountsAll() const;
    void setFormShown(bool shown);
    // Hands over the selected records, or says why not.
    void withSelection(std::function<void(const QList<RecordRow> &)> action);

    const EntityType &m_entity;
    DeskServices &m_services;
    RecordActions *m_actions;
    RecordTableModel *m_model;
    RecordToolBar *m_toolBar;
    RecordTableView *m_table;
    RecordForm *m_form;
    RecordPublisher *m_publisher;
    QSplitter *m_splitter;
    bool m_hasAsked = false;
    int m_wantedRow = -1;    // chosen before it was loaded
    RecordId m_wantedRecord; // to be selected once it is loaded
    qint64 m_records = -1;   // all there are; -1: not known
};

} // namespace desk
