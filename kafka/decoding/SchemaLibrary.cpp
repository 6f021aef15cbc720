// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/SchemaLibrary.h"

#include <QFileInfo>
#include <QRandomGenerator>

namespace desk {

using namespace std::chrono_literals;

namespace {

constexpr int AnswerMilliseconds = 3'000;
constexpr std::chrono::milliseconds ShortestPause = 500ms;
constexpr std::chrono::milliseconds LongestPause = 10s;
constexpr std::chrono::milliseconds AskedAgainAfter = 60s;
// Whatever looks like a frame is asked for; more than these are no schemas.
constexpr size_t MaximumQuestions = 5'000;

std::chrono::milliseconds pauseAfter(int failures)
{
    const std::chrono::milliseconds most = std::min(LongestPause,
                                                    ShortestPause * (1 << std::min(failures, 8)));
    return most / 2 + std::chrono::milliseconds(QRandomGenerator::global()->bounded(int(most.count() / 2)));
}

// The texts of a registry's schema and of all it refers to, by the names they are imported under.
class References
{
public:
    explicit References(SchemaRegistry &registry) : m_registry(registry) { }

    [[nodiscard]] Expected<> add(const RegisteredSchema &schema)
    {
        for (const RegisteredSchema::Reference &reference : schema.references) {
            if (m_texts.contains(reference.name))
                continue;
            if (m_texts.size() >= Most) {
                return failure(ErrorCode::BadSchema,
                               QStringLiteral("The schema refers to more than %1 others.").arg(Most));
            }
            const auto found = m_registry.schemaOf(reference);
            if (!found)
                return tl::make_unexpected(found.error());
            m_texts.insert(reference.name, found->text.toUtf8());
            if (const auto added = add(*found); !added)
                return added;
        }
        return {};
    }

    QHash<QString, QByteArray> takeTexts() { return std::move(m_texts); }

private:
    static constexpr qsizetype Most = 100;

    SchemaRegistry &m_registry;
    QHash<QString, QByteArray> m_texts;
};

Expected<std::shared_ptr<const CompiledSchema>> compiled(SchemaRegistry &registry, qint32 id,
                                                         const RegisteredSchema &schema)
{
    if (schema.type != QLatin1String("PROTOBUF"))
        return CompiledSchema::ofOther(schema);
    References references(registry);
    if (const auto added = references.add(schema); !added)
        return tl::make_unexpected(added.error());
    const QString name = QStringLiteral("schema-%1.proto").arg(id);
    QHash<QString, QByteArray> texts = references.takeTexts();
    texts.insert(name, schema.text.toUtf8());
    return CompiledSchema::ofProtobuf(ProtoSources(texts), {name});
}

Expected<std::shared_ptr<const CompiledSchema>> fromFiles(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir()) {
        const ProtoSources sources(path);
        const QStringList files = sources.own();
        if (files.isEmpty())
            return failure(ErrorCode::NotFound, QStringLiteral("There are no .proto files in %1.").arg(path));
        return CompiledSchema::ofProtobuf(sources, files);
    }
    return CompiledSchema::ofProtobuf(ProtoSources(info.absolutePath()), {info.fileName()});
}

} // namespace

SchemaLibrary::SchemaLibrary(const BrokerSettings &settings) : m_settings(settings) { }

SchemaLibrary::~SchemaLibrary()
{
    const std::scoped_lock lock(m_mutex);
    m_isStopping = true;
    if (m_registry)
        m_registry->cancel();
    m_changed.notify_all();
}

void SchemaLibrary::watch(const void *owner, std::function<void()> onChange)
{
    const std::scoped_lock lock(m_watchersMutex);
    m_watchers.insert(owner, std::move(onChange));
}

void SchemaLibrary::forgetWatcher(const void *owner)
{
    const std::scoped_lock lock(m_watchersMutex);
    m_watchers.remove(owner);
}

SchemaLibrary::Answer SchemaLibrary::find(const Question &question)
{
    if (!std::holds_alternative<QString>(question) && !hasRegistry()) {
        return {Answer::Kind::Failed,
                {},
                {ErrorCode::NotSupported,
                 QStringLiteral("No schema registry is set. Put its address into the workspace."),
                 {},
                 {}}};
    }
    const std::scoped_lock lock(m_mutex);
    const auto known = m_entries.find(question);
    if (known == m_entries.end() && m_entries.size() >= MaximumQuestions) {
        return {Answer::Kind::Failed,
                {},
                {ErrorCode::NotSupported,
                 QStringLiteral("More than %1 schemas have been asked for already.").arg(MaximumQuestions),
                 {},
                 {}}};
    }
    Entry &entry = known == m_entries.end() ? m_entries[question] : known->second;
    const bool canChange = entry.answer.kind != Answer::Kind::Known
        || std::holds_alternative<SchemaSubject>(question);
    if (canChange && !entry.isAsked && Clock::now() >= entry.askAgainAt)
        ask(question, entry);
    return entry.answer;
}

void SchemaLibrary::ask(const Question &question, Entry &entry)
{
    entry.isAsked = true;
    m_questions.push_back(question);
    if (!m_thread.joinable())
        m_thread = std::jthread([this] { work(); });
    m_changed.notify_all();
}

void SchemaLibrary::askWhatIsDue()
{
    const auto now = Clock::now();
    for (auto &[question, entry] : m_entries) {
        if (entry.asksItself && !entry.isAsked && now >= entry.askAgainAt)
            ask(question, entry);
    }
}

SchemaLibrary::Clock::time_point SchemaLibrary::nextDue() const
{
    auto due = Clock::now() + LongestPause;
    for (const auto &[question, entry] : m_entries) {
        if (entry.asksItself && !entry.isAsked)
            due = std::min(due, entry.askAgainAt);
    }
    return due;
}

void SchemaLibrary::work()
{
    SchemaRegistry registry(m_settings, AnswerMilliseconds);
    std::unique_lock lock(m_mutex);
    m_registry = &registry;
    while (true) {
        while (!m_isStopping && m_questions.empty()) {
            m_changed.wait_until(lock, nextDue());
            askWhatIsDue();
        }
        if (m_isStopping)
            break;
        const Question question = m_questions.front();
        m_questions.pop_front();
        lock.unlock();
        const auto answer = answerTo(question, registry);
        lock.lock();
        Entry &entry = m_entries[question];
        const Answer before = entry.answer;
        settle(entry, answer);
        const bool isNews = before.kind != entry.answer.kind || before.id != entry.answer.id
            || before.error.sentence != entry.answer.error.sentence;
        if (m_isStopping)
            break;
        if (!isNews)
            continue;
        lock.unlock();
        {
            const std::scoped_lock watchers(m_watchersMutex);
            for (const std::function<void()> &onChange : std::as_const(m_watchers))
                onChange();
        }
        lock.lock();
    }
    m_registry = nullptr;
}

Expected<SchemaLibrary::Found> SchemaLibrary::answerTo(const Question &question, SchemaRegistry &registry)
{
    Found found;
    Expected<std::shared_ptr<const CompiledSchema>> schema;
    if (const auto *file = std::get_if<QString>(&question)) {
        schema = fromFiles(*file);
    } else if (const qint32 *id = std::get_if<qint32>(&question)) {
        found.id = *id;
        const auto registered = registry.schemaById(*id);
        if (!registered)
            return tl::make_unexpected(registered.error());
        schema = compiled(registry, *id, *registered);
    } else {
        const auto latest = registry.latestOf(std::get<SchemaSubject>(question).name);
        if (!latest)
            return tl::make_unexpected(latest.error());
        found.id = latest->id;
        schema = compiled(registry, latest->id, latest->schema);
    }
    if (!schema)
        return tl::make_unexpected(schema.error());
    found.schema = *schema;
    return found;
}

void SchemaLibrary::settle(Entry &entry, const Expected<Found> &answer)
{
    entry.isAsked = false;
    entry.asksItself = !answer && answer.error().code == ErrorCode::Unreachable;
    entry.askAgainAt = Clock::now() + (entry.asksItself ? pauseAfter(entry.failures++) : AskedAgainAfter);
    if (answer)
        entry.answer = {Answer::Kind::Known, answer->schema, {}, answer->id};
    else if (entry.answer.kind != Answer::Kind::Known || !entry.asksItself)
        entry.answer = {Answer::Kind::Failed, {}, answer.error()};
}

} // namespace desk
