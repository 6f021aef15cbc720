// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/records/RecordsFixture.h"

#include "ui/records/FieldEditor.h"
#include "ui/records/FilterField.h"
#include "ui/records/FilterRow.h"
#include "ui/records/FormField.h"
#include "ui/records/RecordFields.h"
#include "ui/records/RecordFormHeader.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace desk {

// A records page in a window, with hands: clicks, keys and eyes for tests. Test thread.
class PageFixture : public RecordsFixture
{
public:
    using RecordsFixture::RecordsFixture;

    // Opens the page of an entity and waits until it shows all of its records.
    void open(const char *entityName, int records)
    {
        m_entity = &entity(entityName);
        client.start();
        page = std::make_unique<RecordsPage>(*m_entity, services);
        page->resize(1280, 700);
        page->show();
        page->activated();
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        QTRY_COMPARE(page->model().rowCount(), records);
        QTRY_VERIFY(!page->model().isCounting());
        if (records > 0)
            QTRY_VERIFY(page->model().row(records - 1).has_value());
    }

    [[nodiscard]] int column(const char *name) const { return m_entity->indexOf(QString::fromLatin1(name)); }
    [[nodiscard]] QModelIndex cell(int row, const char *name) const
    {
        return page->model().index(row, page->model().sectionOf(column(name)));
    }
    [[nodiscard]] QString text(int row, const char *name) const { return cell(row, name).data().toString(); }
    [[nodiscard]] QString state(int row) const
    {
        return page->model().index(row, page->model().stateSection()).data().toString();
    }
    [[nodiscard]] RecordId id(int row) const
    {
        return cell(row, "id").data(RecordTableModel::RecordIdRole).toString();
    }

    void click(int row, const char *name, Qt::KeyboardModifiers modifiers = {})
    {
        page->table().scrollTo(cell(row, name));
        QTest::mouseClick(page->table().viewport(), Qt::LeftButton, modifiers,
                          page->table().visualRect(cell(row, name)).center());
    }
    // Opens the cell's editor, which then has the focus.
    void doubleClick(int row, const char *name)
    {
        click(row, name);
        QTest::mouseDClick(page->table().viewport(), Qt::LeftButton, {},
                           page->table().visualRect(cell(row, name)).center());
    }
    static QWidget *focus() { return QApplication::focusWidget(); }
    static void type(const QString &text) { QTest::keyClicks(focus(), text); }
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(focus(), key, modifiers);
    }

    [[nodiscard]] FormField &field(const char *name) const
    {
        return *page->form().fields().field(column(name));
    }
    // Puts the text into the form's field as an operator does.
    void fill(const char *name, const QString &text)
    {
        QWidget *inner = field(name).editor()->focusProxy();
        inner->setFocus();
        QTest::keyClick(inner, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(inner, text);
    }
    void push(const char *name)
    {
        QTest::mouseClick(page->findChild<QPushButton *>(QString::fromLatin1(name)), Qt::LeftButton);
    }
    template <typename Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return page->findChild<Widget *>(QString::fromLatin1(name));
    }

    std::unique_ptr<RecordsPage> page;

private:
    const EntityType *m_entity = nullptr;
};

} // namespace desk
