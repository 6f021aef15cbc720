// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/produce/GenerateDialog.h"

#include "ui/parts/TabularText.h"
#include "ui/produce/TopicField.h"
#include "ui/shell/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSpinBox>
#include <QTreeWidget>

namespace desk {
namespace {

constexpr int MostMessages = 100'000'000;
constexpr int HighestRate = 1'000'000; // a second
constexpr int UsualCount = 1000;

QHBoxLayout *besideEachOther(std::initializer_list<QWidget *> widgets)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    for (QWidget *widget : widgets)
        row->addWidget(widget);
    return row;
}

} // namespace

GenerateDialog::GenerateDialog(const BrokerSettings &brokers, const DecodingSources &decoding,
                               QWidget *parent)
    : SendDialog(tr("Generate messages"), tr("Send"), brokers, parent)
    , m_catalog(decoding.catalog)
    , m_names(decoding.settings.sensitiveNames)
    , m_entity(new QComboBox(this))
    , m_topic(new TopicField(*m_catalog, brokers, this))
    , m_create(new QCheckBox(tr("&Create it if it is not there"), this))
    , m_count(new QSpinBox(this))
    , m_rate(new QSpinBox(this))
    , m_firstId(new QSpinBox(this))
    , m_seed(new QLineEdit(this))
    , m_preview(new QTreeWidget(this))
{
    resize(760, 520);
    setExplanation(tr("Sends made-up messages to the topic, and only there: nothing is written to the "
                      "database. Who reads the "
                      "topic takes them for real, and so does ingest, where it is switched on."));
    build();
    makeSeed();
    for (const auto *entities : {&m_catalog->entities(), &m_catalog->streamEntities()}) {
        for (const auto &entity : *entities)
            m_entity->addItem(entity->plural, entity->name);
    }
    connect(m_entity, &QComboBox::currentIndexChanged, this, &GenerateDialog::useEntity);
    connect(m_topic, &QComboBox::editTextChanged, this, &GenerateDialog::showPreview);
    connect(m_seed, &QLineEdit::textChanged, this, &GenerateDialog::showPreview);
    connect(m_firstId, &QSpinBox::valueChanged, this, &GenerateDialog::showPreview);
    connect(m_count, &QSpinBox::valueChanged, this, &GenerateDialog::showPreview);
    useEntity();
    m_entity->setFocus();
}

void GenerateDialog::build()
{
    m_entity->setObjectName(QStringLiteral("generateEntity"));
    m_entity->setAccessibleName(tr("What the messages are of"));
    m_topic->setObjectName(QStringLiteral("generateTopic"));
    m_create->setObjectName(QStringLiteral("generateCreate"));
    m_create->setChecked(true);
    m_count->setObjectName(QStringLiteral("generateCount"));
    m_count->setAccessibleName(tr("How many messages"));
    m_count->setRange(1, MostMessages);
    m_count->setGroupSeparatorShown(true);
    m_count->setValue(UsualCount);
    m_rate->setObjectName(QStringLiteral("generateRate"));
    m_rate->setAccessibleName(tr("How many a second"));
    m_rate->setRange(0, HighestRate);
    m_rate->setGroupSeparatorShown(true);
    m_rate->setSpecialValueText(tr("As fast as the broker takes them"));
    m_rate->setSuffix(tr(" a second"));
    m_firstId->setObjectName(QStringLiteral("generateFirstId"));
    m_firstId->setAccessibleName(tr("Where the ids begin"));
    m_firstId->setRange(1, std::numeric_limits<int>::max());
    m_firstId->setGroupSeparatorShown(true);
    m_firstId->setValue(GenerationChoice::UsualFirstId);
    m_seed->setObjectName(QStringLiteral("generateSeed"));
    m_seed->setAccessibleName(tr("The seed"));
    m_seed->setToolTip(tr("The same seed makes the same messages"));
    auto *other = new QPushButton(tr("&New seed"), this);
    other->setObjectName(QStringLiteral("generateNewSeed"));
    other->setAutoDefault(false);
    connect(other, &QPushButton::clicked, this, &GenerateDialog::makeSeed);
    m_preview->setObjectName(QStringLiteral("generatePreview"));
    m_preview->setAccessibleName(tr("The first messages"));
    m_preview->setHeaderLabels({tr("Key"), tr("Value")});
    m_preview->setRootIsDecorated(false);
    m_preview->setUniformRowHeights(true);
    m_preview->setWordWrap(false);
    m_preview->header()->resizeSection(0, 110);

    form().addRow(tr("&Messages of"), m_entity);
    form().addRow(tr("&Topic"), m_topic);
    form().addRow(QString(), m_create);
    const auto addRow = [this](const QString &text, QWidget *buddy, QLayout *row) {
        auto *label = new QLabel(text, this);
        label->setBuddy(buddy);
        form().addRow(label, row);
    };
    addRow(tr("Ho&w many"), m_count, besideEachOther({m_count, m_rate}));
    auto *firstIdLabel = new QLabel(tr("&Ids from"), this);
    firstIdLabel->setBuddy(m_firstId);
    addRow(tr("S&eed"), m_seed, besideEachOther({m_seed, other, firstIdLabel, m_firstId}));
    auto *title = new QLabel(tr("The first messages"), this);
    title->setProperty("role", QStringLiteral("muted"));
    addWide(title, 0);
    addWide(m_preview, 1);
}

void GenerateDialog::setEntity(const QString &name)
{
    if (const int index = m_entity->findData(name); index >= 0)
        m_entity->setCurrentIndex(index);
}

const EntityType *GenerateDialog::entity() const
{
    return m_catalog->findDescribed(m_entity->currentData().toString());
}

void GenerateDialog::makeSeed()
{
    m_seed->setText(QString::number(QRandomGenerator::global()->bounded(1'000'000'000U)));
}

// A topic that was typed stays; the one that was suggested goes with its entity.
void GenerateDialog::useEntity()
{
    const EntityType *chosen = entity();
    if (!chosen)
        return;
    m_firstId->setEnabled(!chosen->hasTextId());
    m_firstId->setToolTip(chosen->hasTextId() ? tr("The ids of these are texts, and follow from the seed")
                                              : tr("Where the ids of the messages begin"));
    const bool isOwnTopic = !m_topic->topic().isEmpty() && m_topic->topic() != m_suggestedTopic;
    m_suggestedTopic = chosen->topics.value(Verb::Add);
    if (!isOwnTopic)
        m_topic->setTopic(m_suggestedTopic);
    showPreview();
}

std::optional<GenerationRequest> GenerateDialog::request() const
{
    bool isNumber = false;
    GenerationRequest request;
    request.catalog = m_catalog;
    request.entity = entity();
    request.choice.seed = m_seed->text().trimmed().toULongLong(&isNumber);
    request.choice.firstId = m_firstId->value();
    request.topic = m_topic->topic();
    request.count = m_count->value();
    return request.entity && isNumber ? std::optional(request) : std::nullopt;
}

void GenerateDialog::showPreview()
{
    if (task().isRunning())
        return;
    m_preview->clear();
    setVerb(tr("Send %1").arg(groupedNumber(m_count->value())));
    const std::optional<GenerationRequest> wanted = request();
    if (!wanted)
        return;
    const Expected<QList<GeneratedPreview>> shown = previewOf(*wanted, Previewed, m_names);
    if (!shown) {
        showProblem(shown.error().sentence);
        return;
    }
    if (mayWriteTo(brokers()))
        showProblem({}); // nor what became of the ones before
    for (const GeneratedPreview &message : *shown) {
        const QString value = QString::fromUtf8(message.value);
        auto *item = new QTreeWidgetItem(m_preview, {message.key, value});
        item->setSizeHint(0, {0, Theme::RowHeight});
        item->setToolTip(1, value);
    }
}

void GenerateDialog::submit()
{
    const std::optional<GenerationRequest> wanted = request();
    if (!wanted) {
        showProblem(entity() ? tr("The seed is a whole number from 0.")
                             : tr("There is no entity to generate."));
        m_seed->setFocus();
        return;
    }
    if (wanted->topic.isEmpty()) {
        showProblem(tr("Choose the topic."));
        m_topic->setFocus();
        return;
    }
    SendOptions options;
    options.missingTopics = m_create->isChecked() ? MissingTopics::Create : MissingTopics::Refuse;
    options.perSecond = m_rate->value();
    begin(generatedMessages(*wanted, brokers()), options, wanted->count);
}

} // namespace desk
